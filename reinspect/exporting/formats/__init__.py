"""One module a format: a sheet as text, linear text, Markdown, HTML, CSV; a chart as SVG."""
