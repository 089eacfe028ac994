"""Find facts in lines and blocks of text: one module for each kind of fact.

authority, front_matter          the council, the visit dates, the publication date, the lead inspector
judgement_table, prose_grades    grades, from a table or from a sentence
sections                         the strand (judged area) and the role of each block
improvements, passages, topics   items to improve, passages, topics of a visit
templates                        framework sentences with gaps, found in printed lines

Nothing here knows a document type: `reinspect.reading.documents` decides what to look for.
"""
