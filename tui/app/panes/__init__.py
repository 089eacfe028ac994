"""One module a pane. A pane posts messages up and is told what to show; it knows nothing of its neighbours."""
