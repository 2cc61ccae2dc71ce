"""What a mail server can do with a mail; each class is a handler for `python3 -m aiosmtpd -c mail_handlers.Name`."""
import asyncio
import os
import sys
import threading


def _end_with_the_test():
    sys.stdin.read()
    os._exit(0)


# The test holds our standard input: when it ends, however it ends, so do we.
threading.Thread(target=_end_with_the_test, daemon=True).start()


class Accepting:
    """Keeps every mail as a file, in the order in which it took them."""

    def __init__(self, folder):
        self.folder = folder
        # Those that it took before it was stopped stay.
        self.taken = sum(name.endswith(".eml") for name in os.listdir(folder))

    @classmethod
    def from_cli(cls, parser, folder):
        return cls(folder)

    async def handle_DATA(self, server, session, envelope):
        self.taken += 1
        recipients = "".join(f"X-Recipient: {address}\r\n" for address in envelope.rcpt_tos)
        path = os.path.join(self.folder, f"{self.taken:03}")
        with open(path, "wb") as file:
            file.write(recipients.encode() + envelope.original_content)
        os.rename(path, f"{path}.eml")  # whoever reads it reads all of it
        return "250 2.0.0 Taken"


class _Answering:
    """Answers every recipient alike, and quotes the address, as servers do."""

    answer = ""

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        return self.answer.format(address)


class Deferring(_Answering):
    answer = "451 4.3.0 {} not now"


class Rejecting(_Answering):
    answer = "550 5.1.1 {} is nobody here"


class Forbidding(_Answering):
    answer = "550 5.7.1 {} is not relayed to"


class Throttling(_Answering):
    answer = "421 4.7.0 too much for {}"


class Distasteful:
    """Takes the address and not the mail."""

    async def handle_DATA(self, server, session, envelope):
        return "550 5.6.0 " + envelope.original_content.decode("ascii", "replace").splitlines()[0]


class Dropping:
    async def handle_DATA(self, server, session, envelope):
        server.transport.abort()
        return "250 2.0.0 Nobody hears this"


class Stalling:
    async def handle_DATA(self, server, session, envelope):
        await asyncio.get_running_loop().create_future()
