"""The limits of calls and answers that are not settings: their sizes follow from gRPC and from the engine."""

from __future__ import annotations

# The most requests of one BatchEvaluateRefunds.
BATCH_REQUESTS = 1000

# The largest message that gRPC clients read by default.
RESPONSE_BYTES = 4 * 1024 * 1024
# The part of a response that errors may take, so that decisions have room too.
ERRORS_BYTES = RESPONSE_BYTES // 2

# A status travels as trailing metadata, of which clients read 8 KiB in all. The details take 4/3 of their size in
# base64 and the message takes 3 times its size in percent-encoding. The names and the caller's ids need room too.
STATUS_DETAILS_BYTES = 4608
STATUS_MESSAGE_BYTES = 512

# The most calls of one connection at a time. Further calls wait at the client, so that under overload the accepted ones
# are answered in time.
CONNECTION_CALLS = 256

# The most requests of a stream that are read ahead. Two queries of the engine hold 128, and a longer window is no
# faster.
WINDOW_REQUESTS = 128
# Fewer requests are read ahead if they are large: reading stops once they have this many bytes.
WINDOW_BYTES = 4 * 1024 * 1024
