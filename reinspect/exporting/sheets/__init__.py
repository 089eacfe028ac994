"""Build pages to print, one module for each kind of page. The commands and the app print the same pages."""
