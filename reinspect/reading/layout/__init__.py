"""Turn pages of text into printed lines, and lines into blocks (headings, paragraphs and list items).

ruled_cells  blank lines put between the cells of tables that are drawn with lines
lines        pages split into printed lines, each with its position
reflow       long lines broken again, for text that lost its line ends
furniture    page numbers, running headers, contents tables and footnotes removed
blocks       lines grouped into headings, paragraphs and list items
words        lines split into words that can be compared with a framework's labels

Nothing here knows what a line means: that is the work of `reinspect.reading.fields`.
"""
