"""How tests call the XBRL processor Arelle."""

ARELLE = (
    "--validate --calc c11r --validateDuplicateFacts inconsistent --validateXmlOim --internetConnectivity offline "
    "--disablePersistentConfig"
)
