"""The access log and the pseudonyms it speaks in. Only the functions of the migration write it."""

import uuid
from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact


class Subject(models.Model):
    """A person, official or customer, as the log knows them: by a number that says nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.id)


class Pseudonym(models.Model):
    """A keyed digest of a HETU that leads to its subject. A changed HETU adds one more."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="pseudonyms")
    key_version = models.PositiveSmallIntegerField()
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key_version", "digest"], name="one_subject_a_digest"),
            models.CheckConstraint(
                condition=Exact(Length("digest"), 32), name="a_digest_has_32_bytes"
            ),
        ]

    def __str__(self) -> str:
        return f"pseudonym of {self.subject_id}"


class ActKind(StrEnum):
    """What somebody did. One gesture of a person, one row."""

    LOGIN = "login"
    LOGIN_FAILED = "login_failed"
    MANDATE_QUERY = "mandate_query"
    SELECT_ORGANISATION = "select_organisation"
    ACT_BY_ROLE = "act_by_role"
    LOGOUT = "logout"
    REFUSAL = "refusal"
    SEARCH = "search"
    OPEN = "open"
    VIEW = "view"
    PRINT = "print"
    CLOSE = "close"
    REVIEW_ACCESS = "review_access"
    DOWNLOAD_ACCESS_REVIEW = "download_access_review"
    END_SESSIONS = "end_sessions"
    MARK_AS_LEFT = "mark_as_left"
    TAKE_MARK_BACK = "take_mark_back"
    ANNOUNCE = "announce"
    CHANGE_ANNOUNCEMENT = "change_announcement"
    END_ANNOUNCEMENT = "end_announcement"
    DOWNLOAD_USAGE = "download_usage"
    PREVIEW = "preview"
    CHECK_PREVIEW = "check_preview"
    TAKE_CHECK_BACK = "take_check_back"
    ACCEPT_PREVIEW = "accept_preview"
    VIEW_LIST = "view_list"
    PRINT_LIST = "print_list"
    DOWNLOAD_LIST = "download_list"
    VIEW_QUEUE = "view_queue"
    OPEN_NOTIFICATION = "open_notification"
    DOWNLOAD_ATTACHMENT = "download_attachment"
    DOWNLOAD_ATTACHMENTS = "download_attachments"
    HANDLE_NOTIFICATION = "handle_notification"
    TRANSFER_NOTIFICATION = "transfer_notification"
    ANSWER_TO_KELA = "answer_to_kela"
    VIEW_ORGANISATIONS = "view_organisations"
    VIEW_ORGANISATION = "view_organisation"
    REGISTER_ORGANISATION = "register_organisation"
    CHANGE_ORGANISATION = "change_organisation"
    END_ORGANISATION = "end_organisation"
    SERVE_MUNICIPALITY = "serve_municipality"
    END_SERVING = "end_serving"
    VIEW_CONTACTS = "view_contacts"
    PROPOSE_CONTACT = "propose_contact"
    DECIDE_ON_CONTACT = "decide_on_contact"
    END_CONTACT = "end_contact"
    VIEW_PAYEES = "view_payees"
    PROPOSE_PAYEE = "propose_payee"
    CHECK_PAYEE = "check_payee"
    DECIDE_ON_PAYEE = "decide_on_payee"
    END_PAYEE = "end_payee"
    VIEW_PROPOSALS = "view_proposals"
    PREVIEW_REGISTER_CHANGE = "preview_register_change"
    CHANGE_REGISTER = "change_register"
    VIEW_DEMANDS = "view_demands"
    DOWNLOAD_DEMANDS = "download_demands"
    SAVE_DEMAND = "save_demand"
    REGISTER_DEMAND = "register_demand"
    EDIT_DEMAND = "edit_demand"
    END_DEMAND = "end_demand"
    VOID_DEMAND = "void_demand"
    LOOK_UP_DEMAND = "look_up_demand"
    ANSWER_DEMAND = "answer_demand"
    VIEW_TRANSFERS = "view_transfers"
    ADD_DOCUMENTS = "add_documents"
    SEND_DOCUMENTS = "send_documents"
    VIEW_SENDINGS = "view_sendings"
    DOWNLOAD_DOCUMENT = "download_document"
    LOOK_UP_SENDING = "look_up_sending"
    ANSWER_SENDING = "answer_sending"
    DELIVER_AGAIN = "deliver_again"
    REMOVE_DOCUMENTS = "remove_documents"
    RECEIVE_ENQUIRY = "receive_enquiry"
    ANSWER_ENQUIRY = "answer_enquiry"
    VIEW_ENQUIRIES = "view_enquiries"
    VIEW_AGREEMENTS = "view_agreements"
    VIEW_AGREEMENT = "view_agreement"
    AGREEMENT_STEP = "agreement_step"
    SET_DEADLINE = "set_deadline"
    PREPARE_VERSION = "prepare_version"
    DECIDE_ON_VERSION = "decide_on_version"
    VIEW_CHANGE_EFFECTS = "view_change_effects"
    VIEW_COMMISSIONING = "view_commissioning"
    RECORD_COMMISSIONING = "record_commissioning"
    ASSESS_SECURITY = "assess_security"
    CHANGE_INSTRUCTION = "change_instruction"
    VIEW_HOLDERS = "view_holders"
    BULK_STEP = "bulk_step"
    VIEW_FEEDS = "view_feeds"
    VIEW_USAGE = "view_usage"
    VIEW_FEEDBACK = "view_feedback"
    VIEW_REFERENCE = "view_reference"
    VIEW_ANNOUNCEMENTS = "view_announcements"
    EXPORT_LOG = "export_log"
    REMOVE_LOG_MONTH = "remove_log_month"
    VIEW_USE = "view_use"
    SEARCH_LOG = "search_log"
    VIEW_LOG_ENTRY = "view_log_entry"
    DOWNLOAD_LOG = "download_log"
    VIEW_REVIEWS = "view_reviews"
    DRAW_SAMPLE = "draw_sample"
    RECORD_FINDING = "record_finding"
    VIEW_DETECTION = "view_detection"
    SWITCH_DETECTION = "switch_detection"
    PICK_ODD_ACTS = "pick_odd_acts"
    VIEW_YEARLY_REPORT = "view_yearly_report"
    VIEW_LOG_FINDINGS = "view_log_findings"
    ACKNOWLEDGE_FINDINGS = "acknowledge_findings"
    REPORT_TO_CUSTOMER = "report_to_customer"
    VIEW_KEYS = "view_keys"
    REGISTER_KEY = "register_key"
    APPROVE_KEY = "approve_key"
    END_KEY = "end_key"
    ENTER_INTERFACE = "enter_interface"
    READ_RIGHTS = "read_rights"
    READ_USAGE = "read_usage"


class Outcome(StrEnum):
    """How it ended."""

    PERMITTED = "permitted"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    FAILED = "failed"


class Channel(StrEnum):
    """The way it came in."""

    BROWSER = "browser"
    INTERFACE = "interface"


class Entry(models.Model):
    """One act in the log. No foreign keys: nothing that is removed elsewhere may touch a row."""

    pk = models.CompositePrimaryKey("at", "id")
    id = models.UUIDField()
    at = models.DateTimeField()
    rule_date = models.DateField()
    act = models.TextField()
    outcome = models.TextField()
    channel = models.TextField()
    request_id = models.UUIDField(null=True)
    session_id = models.UUIDField(null=True)
    actor = models.UUIDField(null=True)
    office = models.TextField()
    organisation_id = models.BigIntegerField(null=True)
    agreement = models.TextField()
    mandates = ArrayField(models.TextField())
    purpose = models.TextField()
    laws = ArrayField(models.TextField())
    rulebook = models.TextField()
    customer = models.UUIDField(null=True)
    opening = models.UUIDField(null=True)
    data_groups = ArrayField(models.TextField())
    look_back_from = models.DateField(null=True)
    case_reference = models.TextField()
    details = models.JSONField()
    transaction = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "audit_entry"

    def __str__(self) -> str:
        return f"{self.act} {self.id}"


class EntryPerson(models.Model):
    """One of the persons behind an act on many, such as a list."""

    pk = models.CompositePrimaryKey("at", "entry_id", "subject")
    entry_id = models.UUIDField()
    at = models.DateTimeField()
    organisation_id = models.BigIntegerField(null=True)
    subject = models.UUIDField()
    transaction = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "audit_entry_person"

    def __str__(self) -> str:
        return f"{self.subject} in {self.entry_id}"


class Shown(models.Model):
    """How many rows an act has shown, and the keyed digest of them (`audit.shown`)."""

    pk = models.CompositePrimaryKey("entry_id", "at")
    entry_id = models.UUIDField()
    at = models.DateTimeField()
    organisation_id = models.BigIntegerField(null=True)
    number = models.IntegerField()
    digest = models.BinaryField(max_length=32)
    transaction = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "audit_shown"

    def __str__(self) -> str:
        return f"{self.number} rows of {self.entry_id}"


class MandateUse(models.Model):
    """When Suomi.fi told of a person's mandate, and when it was used; "" is acting by role.

    audit_write() keeps it, from the rows of the log. Days are those that rules use.
    """

    organisation_id = models.BigIntegerField()
    actor = models.UUIDField()
    mandate = models.TextField()
    first_on = models.DateField()
    last_on = models.DateField()
    told_at = models.DateTimeField()
    used_on = models.DateField(null=True)

    class Meta:
        managed = False
        db_table = "audit_mandate_use"

    def __str__(self) -> str:
        return f"{self.mandate} of {self.actor}"
