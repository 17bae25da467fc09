"""One module a function; the only place where rooms are joined. Importing any of them gives the records their client."""

from whereas.aws import clients
from whereas.records import table

table.connect(clients.dynamodb)
