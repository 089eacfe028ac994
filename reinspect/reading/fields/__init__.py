"""Find facts in lines and blocks of text: one module for each kind of fact.

    the title page     authority, front_matter, letters
    grades             judgement_table, prose_grades, scores, outcome
    sections           sections (the strand, or judged area, and the role of each block), passages, topics
    lists              improvements, bulleted_lists, responsible_bodies
    the whole text     document_end, official_papers
    wordings           templates: sentences of a framework file with gaps, found in printed lines

Nothing here knows a document type: `reinspect.reading.documents` decides what to look for.
"""
