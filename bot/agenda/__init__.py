"""What is due and when: the bell, claims, pace, delivery, and the book-keeping of outages.

A due moment's way: `bell` rings → `worker` claims → `occasions` prepares and renders → `delivery`
sends through `sender` at Discord's pace → the message is recorded.
"""
