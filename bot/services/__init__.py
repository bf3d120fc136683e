"""What people and the agenda can do, one capability a module.

A public function opens one transaction, does everything in it, and gives back what is to be shown
(`views`). Each reads who may do what from the database at that moment; ids that come from a
message are claims, not rights.
"""

# Whoever calls a service hands in the database and hears when it fails: known from here.
from bot.storage.database import Database as Database
from bot.storage.errors import StorageError as StorageError
