"""Follow each improvement through later reports: is its subject raised again, reported better, or not mentioned?"""
