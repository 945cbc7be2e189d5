"""Many filings: every file of folders, archives and buckets converted once, resumably, into one dataset."""
