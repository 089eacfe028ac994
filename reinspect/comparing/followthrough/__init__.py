"""Follow each improvement through every later text: is its subject raised again, reported better, or not mentioned?"""
