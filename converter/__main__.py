"""`python -m converter`: the command `convert`."""

from converter.cli import main

if __name__ == "__main__":
    main(prog_name="convert")
