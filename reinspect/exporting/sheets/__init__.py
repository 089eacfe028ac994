"""What each comparison looks like as a sheet, a module a sheet. Commands and app print the same ones."""
