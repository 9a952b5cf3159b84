"""The words of documents that are sent to Kela, with what people read instead of them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What a document is; the first ones as Kela names the attachments of an application."""

    BANK_STATEMENT = "bank_statement", _("bank statement")
    RENTAL_AGREEMENT = "rental_agreement", _("rental agreement")
    PAYSLIP = "payslip", _("payslip")
    ELECTRICITY_BILL = "electricity_bill", _("electricity bill")
    MEDICAL_BILL = "medical_bill", _("bill for health care")
    STATEMENT = "statement", _("statement of social services")
    OTHER = "other", _("other document")


class State(TextChoices):
    """How a sending stands, as its sender reads it."""

    DRAFT = "draft", pgettext_lazy("sending", "not sent yet")
    RECEIVED = "received", pgettext_lazy("sending", "received")
    CHECKING = "checking", pgettext_lazy("sending", "being checked: waits for the malware scan")
    REFUSED = "refused", pgettext_lazy("sending", "not sent: the malware scan found something")
    CHECKED = "checked", pgettext_lazy("sending", "checked, on its way to Kela")
    STUCK = "stuck", pgettext_lazy("sending", "could not be delivered yet, Kela knows of it")
    SENT = "sent", pgettext_lazy("sending", "sent to Kela")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("sending", "received by Kela")
    ASKED = "asked", pgettext_lazy("sending", "Kela asks for more")
    ANSWERED = "answered", pgettext_lazy("sending", "answered with another document")
    TAKEN = "taken", pgettext_lazy("sending", "taken to the matter")
    RETURNED = "returned", pgettext_lazy("sending", "returned by Kela")


class Step(TextChoices):
    """What is done to a sending; each is a line of its history."""

    SEND = "send", pgettext_lazy("step of a sending", "sent by the official")
    WAIT = "wait", pgettext_lazy("step of a sending", "the malware scan could not be made yet")
    CLEAR = "clear", pgettext_lazy("step of a sending", "checked, nothing harmful was found")
    REFUSE = "refuse", pgettext_lazy("step of a sending", "stopped by the malware scan")
    DELIVER = "deliver", pgettext_lazy("step of a sending", "delivered to Kela")
    GIVE_UP = "give_up", pgettext_lazy("step of a sending", "delivery did not succeed")
    AGAIN = "again", pgettext_lazy("step of a sending", "put on its way again by Kela")
    RECEIVE = "receive", pgettext_lazy("step of a sending", "received by Kela")
    ASK = "ask", pgettext_lazy("step of a sending", "Kela asked for more")
    ANSWER = "answer", pgettext_lazy("step of a sending", "answered with another document")
    TAKE = "take", pgettext_lazy("step of a sending", "taken to the matter by Kela")
    RETURN = "return", pgettext_lazy("step of a sending", "returned by Kela")


class Answer(TextChoices):
    """The steps that Kela takes, as its file tells them and its desk chooses them."""

    RECEIVE = Step.RECEIVE.value, pgettext_lazy("answer to a sending", "Acknowledge as received")
    ASK = Step.ASK.value, pgettext_lazy("answer to a sending", "Ask for more")
    TAKE = Step.TAKE.value, pgettext_lazy("answer to a sending", "Take to the matter")
    RETURN = Step.RETURN.value, pgettext_lazy("answer to a sending", "Return")


class Actor(TextChoices):
    """On whose side somebody stands who does something to a sending."""

    SENDER = "sender"
    SERVICE = "service"
    KELA = "kela"


class FileType(TextChoices):
    """What a file may be, by its content."""

    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"
    TIFF = "image/tiff", "TIFF"


ENDINGS = {
    FileType.PDF: "pdf",
    FileType.JPEG: "jpg",
    FileType.PNG: "png",
    FileType.TIFF: "tif",
}


class Fault(TextChoices):
    """Why a file is not taken."""

    EMPTY = "empty", _("The file is empty.")
    TOO_LARGE = "too_large", _("The file is larger than one file may be.")
    NOT_A_TYPE = (
        "not_a_type",
        _("The file is not a PDF, JPEG, PNG or TIFF, whatever its name says."),
    )
    EXECUTABLE = "executable", _("The file is a program, a script or a web page.")
    OFFICE = "office", _("The file is an office document or an archive. Save it as a PDF.")
    DAMAGED = "damaged", _("The file is damaged or incomplete. Save or scan it anew.")
    ENCRYPTED = "encrypted", _("The file is protected by a password. Save it without one.")
    SCRIPT = "script", _("The PDF contains scripts. Print it to a new PDF.")
    ACTION = "action", _("The PDF starts programs or sends data. Print it to a new PDF.")
    EMBEDDED = "embedded", _("The PDF has other files or media in it. Print it to a new PDF.")
    HIDDEN_ARCHIVE = "hidden_archive", _("An archive is hidden at the end of the file.")
    TOO_MANY_PIXELS = "too_many_pixels", _("The picture has more than 200 million pixels.")
    TOO_HEAVY = "too_heavy", _("The file is too complicated to be examined. Print it to a new PDF.")
    TOO_MANY = "too_many", _("A sending cannot take more files.")
    TOO_MUCH = "too_much", _("The files of a sending would be larger together than they may be.")
    DAY_IS_FULL = "day_is_full", _("You have sent today as much as one official may send in a day.")
    NO_ROOM = "no_room", _("The file could not be stored now. Try again in a while.")


class Trouble(TextChoices):
    """Why an errand did not succeed, for Kela's admins."""

    NO_SCANNER = "no_scanner", _("no malware scanner is named in the settings")
    SCANNER_SILENT = "scanner_silent", _("the malware scanner does not answer")
    SCANNER_UNSURE = "scanner_unsure", _("the malware scanner gave no verdict")
    STORE = "store", _("the stored file cannot be read as it was stored")
    NO_WAY = "no_way", _("no way to Kela’s systems is named in the settings")
    NOT_TAKEN = "not_taken", _("Kela’s systems did not take it")


class Failed(Exception):
    """An errand did not succeed. Carries why, and what the other side said, if anything."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(f"{trouble.value} {detail}".strip())
        self.trouble = trouble


AT_KELA = (State.SENT, State.ACKNOWLEDGED, State.ASKED, State.ANSWERED)  # not decided on yet
WITH_REASON = (Step.ASK, Step.RETURN, Step.REFUSE)
