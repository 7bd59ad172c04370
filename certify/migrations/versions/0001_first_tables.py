"""First tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


NEVER_CHANGED = ("audit_entry", "audit_block")
"""Tables whose rows the database itself refuses to change or remove."""


def create_triggers() -> None:
    """Refuse UPDATE and DELETE on the audit trail."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in NEVER_CHANGED:
        if not sqlite:
            op.execute(
                f"CREATE OR REPLACE FUNCTION {table}_kept() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION "
                "'the audit trail is never changed'; END $$ LANGUAGE plpgsql"
            )
        for verb in ("UPDATE", "DELETE"):
            refusal = (
                "BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END"
                if sqlite
                else f"FOR EACH ROW EXECUTE FUNCTION {table}_kept()"
            )
            op.execute(f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} {refusal}")


def drop_trigger_functions() -> None:
    """Take the functions of the triggers away; the triggers go with their tables."""
    if op.get_bind().dialect.name == "postgresql":
        for table in NEVER_CHANGED:
            op.execute(f"DROP FUNCTION IF EXISTS {table}_kept()")


def upgrade() -> None:
    """Make the tables of this revision."""
    op.create_table(
        "audit_block",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_entry_id", sa.Integer(), nullable=False),
        sa.Column("heads", sa.JSON(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("block_hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_block")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_key", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("detail_hash", sa.String(length=64), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("entry_hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("case_key", "position", name=op.f("uq_audit_entry_case_key_position")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_case_key"), ["case_key"], unique=False)

    op.create_table(
        "body",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("procedure_version", sa.Integer(), nullable=False),
        sa.Column("last_motion", sa.Integer(), nullable=False),
        sa.Column("last_session", sa.Integer(), nullable=False),
        sa.Column("last_resolution", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("kind", name=op.f("uq_body_kind")),
    )
    op.create_table(
        "event",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("public_reason", sa.Text(), nullable=False),
        sa.Column("once_key", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_event")),
        sa.UniqueConstraint("id", name=op.f("uq_event_id")),
        sa.UniqueConstraint("once_key", name=op.f("uq_event_once_key")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index("ix_event_case", ["case_key", "number"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_kind"), ["kind"], unique=False)

    op.create_table(
        "interest_subject",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column("organisations", sa.JSON(), nullable=False),
        sa.Column("countries", sa.JSON(), nullable=False),
        sa.Column("also", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_interest_subject")),
    )
    op.create_table(
        "log_node",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("level", "place", name=op.f("pk_log_node")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job", sa.String(length=80), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("once_key", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("once_key", name=op.f("uq_outbox_once_key")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_done_at"), ["done_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_due_at"), ["due_at"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("tf_primary_method", sa.String(length=64), nullable=True),
        sa.Column("tf_totp_secret", sa.String(length=255), nullable=True),
        sa.Column("mf_recovery_codes", sa.JSON(), nullable=True),
        sa.Column("password_is_first", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_person_fs_uniquifier")),
    )
    op.create_table(
        "sanctions_list",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("effect", sa.String(length=40), nullable=False),
        sa.Column("effect_resolution", sa.String(length=80), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanctions_list")),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("address_digest", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("wait_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("address_digest", name=op.f("pk_sign_in_failure")),
    )
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_by_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
    )
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stored_file_sha256"), ["sha256"], unique=False)

    op.create_table(
        "audit_detail",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["audit_entry.id"], name=op.f("fk_audit_detail_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_audit_detail")),
    )
    op.create_table(
        "board_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("lead_questions", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_extraordinary", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("convened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_by_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_board_session_body_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"], name=op.f("fk_board_session_opened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_session")),
        sa.UniqueConstraint("body_id", "number", name=op.f("uq_board_session_body_id_number")),
    )
    with op.batch_alter_table("board_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_board_session_body_id"), ["body_id"], unique=False)

    op.create_table(
        "consultation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_key", sa.String(length=120), nullable=False),
        sa.Column("party", sa.String(length=120), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("entity", sa.String(length=120), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("brief", sa.JSON(), nullable=False),
        sa.Column("respondent_id", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("extensions", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("reply", sa.String(length=40), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replied_by_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_reason", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'answered') = (reply IS NOT NULL)", name=op.f("ck_consultation_answered_has_its_reply")
        ),
        sa.CheckConstraint("(country IS NULL) <> (entity IS NULL)", name=op.f("ck_consultation_one_party")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_consultation_answered_by_id")),
        sa.ForeignKeyConstraint(["replied_by_id"], ["person.id"], name=op.f("fk_consultation_replied_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        sa.UniqueConstraint("subject_key", "party", "round", name=op.f("uq_consultation_subject_key_party_round")),
    )
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consultation_country"), ["country"], unique=False)
        batch_op.create_index(batch_op.f("ix_consultation_subject_key"), ["subject_key"], unique=False)

    op.create_table(
        "interest_declaration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("subject_key", sa.String(length=120), nullable=False),
        sa.Column("interest", sa.String(length=40), nullable=False),
        sa.Column("nature", sa.String(length=40), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ruling", sa.String(length=40), nullable=True),
        sa.Column("ruling_reason", sa.Text(), nullable=False),
        sa.Column("ruled_by_id", sa.Uuid(), nullable=True),
        sa.Column("ruled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "interest = 'none' OR text <> ''", name=op.f("ck_interest_declaration_interest_is_described")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_interest_declaration_person_id")),
        sa.ForeignKeyConstraint(["ruled_by_id"], ["person.id"], name=op.f("fk_interest_declaration_ruled_by_id")),
        sa.ForeignKeyConstraint(
            ["subject_key"], ["interest_subject.key"], name=op.f("fk_interest_declaration_subject_key")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest_declaration")),
    )
    with op.batch_alter_table("interest_declaration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interest_declaration_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_interest_declaration_subject_key"), ["subject_key"], unique=False)
        batch_op.create_index(
            "uq_interest_declaration_live",
            ["person_id", "subject_key"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )

    op.create_table(
        "list_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("list_id", sa.String(length=60), nullable=False),
        sa.Column("uid", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("since_number", sa.Integer(), nullable=False),
        sa.Column("until_number", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["list_id"], ["sanctions_list.id"], name=op.f("fk_list_entry_list_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_entry")),
    )
    with op.batch_alter_table("list_entry", schema=None) as batch_op:
        batch_op.create_index("ix_list_entry_live", ["list_id", "until_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_list_entry_uid"), ["uid"], unique=False)

    op.create_table(
        "list_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("list_id", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["sanctions_list.id"], name=op.f("fk_list_import_list_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_import")),
        sa.UniqueConstraint("list_id", "number", name=op.f("uq_list_import_list_id_number")),
    )
    op.create_table(
        "motion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_key", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column("organisations", sa.JSON(), nullable=False),
        sa.Column("countries", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("out", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("failed_quorums", sa.Integer(), nullable=False),
        sa.Column("tabled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tabled_by_id", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_motion_body_id")),
        sa.ForeignKeyConstraint(["tabled_by_id"], ["person.id"], name=op.f("fk_motion_tabled_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_motion")),
        sa.UniqueConstraint("body_id", "number", name=op.f("uq_motion_body_id_number")),
    )
    with op.batch_alter_table("motion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_motion_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_motion_subject_key"), ["subject_key"], unique=False)
        batch_op.create_index(
            "uq_motion_tabled",
            ["subject_key", "kind"],
            unique=True,
            sqlite_where=sa.text("status = 'tabled'"),
            postgresql_where=sa.text("status = 'tabled'"),
        )

    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("legal_name", sa.String(length=200), nullable=False),
        sa.Column("name_keys", sa.JSON(), nullable=False),
        sa.Column("trade_names", sa.JSON(), nullable=False),
        sa.Column("former_names", sa.JSON(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("registration_number", sa.String(length=100), nullable=False),
        sa.Column("registration_key", sa.String(length=100), nullable=False),
        sa.Column("tax_identifier", sa.String(length=50), nullable=False),
        sa.Column("lei", sa.String(length=20), nullable=False),
        sa.Column("isic_divisions", sa.JSON(), nullable=False),
        sa.Column("employees", sa.Integer(), nullable=True),
        sa.Column("turnover_usd", sa.BigInteger(), nullable=True),
        sa.Column("countries", sa.JSON(), nullable=False),
        sa.Column("widely_held", sa.Boolean(), nullable=False),
        sa.Column("difference", sa.Text(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registered_by_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("employees >= 0", name=op.f("ck_organisation_employees_not_negative")),
        sa.CheckConstraint("turnover_usd >= 0", name=op.f("ck_organisation_turnover_not_negative")),
        sa.ForeignKeyConstraint(["registered_by_id"], ["person.id"], name=op.f("fk_organisation_registered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("country", "registration_key", name=op.f("uq_organisation_country_registration_key")),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["person.id"], name=op.f("fk_role_grant_confirmed_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_role_grant_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_person_id"), ["person_id"], unique=False)

    op.create_table(
        "seat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=2), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until IS NULL OR since <= until", name=op.f("ck_seat_term_begins_before_it_ends")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_seat_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("body_id", "number", name=op.f("uq_seat_body_id_number")),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_body_id"), ["body_id"], unique=False)

    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("motion_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_agenda_item_motion_id")),
        sa.ForeignKeyConstraint(["session_id"], ["board_session.id"], name=op.f("fk_agenda_item_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("session_id", "motion_id", name=op.f("uq_agenda_item_session_id_motion_id")),
    )
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_item_motion_id"), ["motion_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_item_session_id"), ["session_id"], unique=False)

    op.create_table(
        "application",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("framework", sa.String(length=130), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("size", sa.String(length=32), nullable=False),
        sa.Column("sectors", sa.JSON(), nullable=False),
        sa.Column("proposed_cooperation", sa.Text(), nullable=False),
        sa.Column("assessor_id", sa.Uuid(), nullable=True),
        sa.Column("reviewer_id", sa.Uuid(), nullable=True),
        sa.Column("created_by_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reasons", sa.Text(), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("cooperation_revision", sa.Integer(), nullable=False),
        sa.Column("declarations_revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assessor_id"], ["person.id"], name=op.f("fk_application_assessor_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_application_created_by_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_application_organisation_id")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["person.id"], name=op.f("fk_application_reviewer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("reference", name=op.f("uq_application_reference")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_assessor_id"), ["assessor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_reviewer_id"), ["reviewer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_status"), ["status"], unique=False)
        batch_op.create_index(
            "uq_application_open",
            ["organisation_id", "framework"],
            unique=True,
            sqlite_where=sa.text(
                "status IN ('assessed', 'awaiting_sign_off', 'clarification', 'deferred', 'draft', 'in_review', 'reviewed', 'submitted', 'tabled')"
            ),
            postgresql_where=sa.text(
                "status IN ('assessed', 'awaiting_sign_off', 'clarification', 'deferred', 'draft', 'in_review', 'reviewed', 'submitted', 'tabled')"
            ),
        )

    op.create_table(
        "attendance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attendance_person_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_attendance_seat_id")),
        sa.ForeignKeyConstraint(["session_id"], ["board_session.id"], name=op.f("fk_attendance_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_session_id"), ["session_id"], unique=False)
        batch_op.create_index(
            "uq_attendance_present",
            ["session_id", "seat_id"],
            unique=True,
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )

    op.create_table(
        "ballot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("motion_id", sa.Uuid(), nullable=False),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Uuid(), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("extensions", sa.JSON(), nullable=False),
        sa.Column("procedure", sa.String(length=80), nullable=False),
        sa.Column("procedure_digest", sa.String(length=64), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("composition", sa.JSON(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Uuid(), nullable=True),
        sa.Column("base", sa.JSON(), nullable=False),
        sa.Column("present", sa.JSON(), nullable=False),
        sa.Column("recused", sa.JSON(), nullable=False),
        sa.Column("sum", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "(mode = 'electronic') = (closes_at IS NOT NULL)", name=op.f("ck_ballot_electronic_has_its_time")
        ),
        sa.CheckConstraint(
            "(mode = 'session') = (session_id IS NOT NULL)", name=op.f("ck_ballot_session_has_its_session")
        ),
        sa.ForeignKeyConstraint(["closed_by_id"], ["person.id"], name=op.f("fk_ballot_closed_by_id")),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_ballot_motion_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"], name=op.f("fk_ballot_opened_by_id")),
        sa.ForeignKeyConstraint(["session_id"], ["board_session.id"], name=op.f("fk_ballot_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
    )
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ballot_closes_at"), ["closes_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_ballot_motion_id"), ["motion_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ballot_session_id"), ["session_id"], unique=False)
        batch_op.create_index(
            "uq_ballot_open",
            ["motion_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "director",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("role_title", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_director_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_director")),
    )
    with op.batch_alter_table("director", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_director_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "interest_state_conflict",
        sa.Column("subject_key", sa.String(length=120), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["interest_declaration.id"], name=op.f("fk_interest_state_conflict_declaration_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_key"], ["interest_subject.key"], name=op.f("fk_interest_state_conflict_subject_key")
        ),
        sa.PrimaryKeyConstraint("subject_key", "country", name=op.f("pk_interest_state_conflict")),
    )
    op.create_table(
        "membership",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id")),
        sa.PrimaryKeyConstraint("person_id", "organisation_id", "role", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(
            "uq_membership_legal_representative",
            ["organisation_id"],
            unique=True,
            sqlite_where=sa.text("role = 'legal_representative'"),
            postgresql_where=sa.text("role = 'legal_representative'"),
        )

    op.create_table(
        "office_holder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_office_holder_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_holder")),
    )
    with op.batch_alter_table("office_holder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_holder_seat_id"), ["seat_id"], unique=False)

    op.create_table(
        "owner",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("share_bp", sa.Integer(), nullable=False),
        sa.CheckConstraint("share_bp BETWEEN 1000 AND 10000", name=op.f("ck_owner_share_of_ten_percent_or_more")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_owner_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owner")),
    )
    with op.batch_alter_table("owner", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_owner_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "screening_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("subjects_digest", sa.String(length=64), nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("engine", sa.String(length=20), nullable=False),
        sa.Column("threshold_bp", sa.Integer(), nullable=False),
        sa.Column("candidates", sa.Integer(), nullable=False),
        sa.Column("top_score_bp", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_screening_run_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_run")),
    )
    with op.batch_alter_table("screening_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_screening_run_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "seat_holder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("capacity", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_seat_holder_person_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_seat_holder_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_holder")),
    )
    with op.batch_alter_table("seat_holder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_holder_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_seat_holder_seat_id"), ["seat_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("criterion", sa.String(length=20), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("not_applicable", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_by_id", sa.Uuid(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("level IS NULL OR level BETWEEN 0 AND 4", name=op.f("ck_answer_level_of_rubric")),
        sa.CheckConstraint("level IS NULL OR number IS NULL", name=op.f("ck_answer_level_or_number")),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_answer_application_id")),
        sa.ForeignKeyConstraint(["saved_by_id"], ["person.id"], name=op.f("fk_answer_saved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("application_id", "criterion", name=op.f("uq_answer_application_id_criterion")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_application_id"), ["application_id"], unique=False)

    op.create_table(
        "assessment_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=12), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("answer_digest", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=True),
        sa.Column("not_applicable", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("grade IS NULL OR grade BETWEEN 0 AND 4", name=op.f("ck_assessment_record_grade_in_range")),
        sa.CheckConstraint(
            "value IS NULL OR value BETWEEN 0 AND 10000", name=op.f("ck_assessment_record_value_in_range")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_assessment_record_application_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assessment_record_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_record")),
        sa.UniqueConstraint("application_id", "position", name=op.f("uq_assessment_record_application_id_position")),
    )
    op.create_table(
        "assignment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("given_by_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_assignment_application_id")),
        sa.ForeignKeyConstraint(["given_by_id"], ["person.id"], name=op.f("fk_assignment_given_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assignment_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignment_person_id"), ["person_id"], unique=False)

    op.create_table(
        "cast_vote",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("vote", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_cast_vote_ballot_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_cast_vote_person_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_cast_vote_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cast_vote")),
    )
    with op.batch_alter_table("cast_vote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cast_vote_ballot_id"), ["ballot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cast_vote_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cast_vote_seat_id"), ["seat_id"], unique=False)
        batch_op.create_index(
            "uq_cast_vote_seat",
            ["ballot_id", "seat_id"],
            unique=True,
            sqlite_where=sa.text("struck_at IS NULL"),
            postgresql_where=sa.text("struck_at IS NULL"),
        )

    op.create_table(
        "certificate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("framework_name", sa.String(length=64), nullable=False),
        sa.Column("framework", sa.String(length=130), nullable=False),
        sa.Column("band", sa.String(length=20), nullable=False),
        sa.Column("holder_name", sa.String(length=300), nullable=False),
        sa.Column("holder_key", sa.String(length=300), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("status_index", sa.Integer(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("credential", sa.Text(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_reason", sa.Text(), nullable=False),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("granted_on <= valid_until", name=op.f("ck_certificate_granted_before_end")),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_certificate_application_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_certificate_organisation_id")),
        sa.ForeignKeyConstraint(["supersedes_id"], ["certificate.id"], name=op.f("fk_certificate_supersedes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("application_id", name=op.f("uq_certificate_application_id")),
        sa.UniqueConstraint("code", name=op.f("uq_certificate_code")),
        sa.UniqueConstraint("number", name=op.f("uq_certificate_number")),
        sa.UniqueConstraint("serial", name=op.f("uq_certificate_serial")),
        sa.UniqueConstraint("status_index", name=op.f("uq_certificate_status_index")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_certificate_supersedes_id")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_holder_key"), ["holder_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_holder_name"), ["holder_name"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(
            "uq_certificate_live",
            ["organisation_id", "framework_name"],
            unique=True,
            sqlite_where=sa.text("state IN ('pending', 'active')"),
            postgresql_where=sa.text("state IN ('pending', 'active')"),
        )

    op.create_table(
        "clarification",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sign_off_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_clarification_application_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_clarification_asked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clarification")),
    )
    with op.batch_alter_table("clarification", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clarification_application_id"), ["application_id"], unique=False)
        batch_op.create_index(
            "uq_clarification_open",
            ["application_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("criterion", sa.String(length=20), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("document_date", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("attested_by", sa.String(length=200), nullable=False),
        sa.Column("uploaded_by_id", sa.Uuid(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_in", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_evidence_application_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_evidence_file_id")),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["person.id"], name=op.f("fk_evidence_uploaded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_application_id"), ["application_id"], unique=False)
        batch_op.create_index(
            "uq_evidence_kept",
            ["application_id", "criterion", "sha256"],
            unique=True,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )

    op.create_table(
        "exclusion_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("exclusion", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_exclusion_answer_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusion_answer")),
        sa.UniqueConstraint("application_id", "exclusion", name=op.f("uq_exclusion_answer_application_id_exclusion")),
    )
    with op.batch_alter_table("exclusion_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exclusion_answer_application_id"), ["application_id"], unique=False)

    op.create_table(
        "exclusion_finding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("exclusion", sa.String(length=12), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("hit_id", sa.Uuid(), nullable=True),
        sa.Column("reference", sa.String(length=500), nullable=False),
        sa.Column("quotation", sa.Text(), nullable=False),
        sa.Column("found_by_id", sa.Uuid(), nullable=True),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seconded_by_id", sa.Uuid(), nullable=True),
        sa.Column("seconded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_until", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("chair_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR (decided_by_id <> found_by_id AND decided_by_id <> seconded_by_id) OR status = 'dismissed'",
            name=op.f("ck_exclusion_finding_proposer_never_confirms"),
        ),
        sa.CheckConstraint(
            "seconded_by_id IS NULL OR seconded_by_id <> found_by_id",
            name=op.f("ck_exclusion_finding_second_is_another"),
        ),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_exclusion_finding_answered_by_id")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_exclusion_finding_application_id")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_exclusion_finding_decided_by_id")),
        sa.ForeignKeyConstraint(["found_by_id"], ["person.id"], name=op.f("fk_exclusion_finding_found_by_id")),
        sa.ForeignKeyConstraint(["seconded_by_id"], ["person.id"], name=op.f("fk_exclusion_finding_seconded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusion_finding")),
        sa.UniqueConstraint("application_id", "hit_id", name="uq_exclusion_finding_hit"),
    )
    with op.batch_alter_table("exclusion_finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exclusion_finding_application_id"), ["application_id"], unique=False)

    op.create_table(
        "hit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("list_id", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.JSON(), nullable=False),
        sa.Column("subject_digest", sa.String(length=64), nullable=False),
        sa.Column("entry_uid", sa.String(length=80), nullable=False),
        sa.Column("entry", sa.JSON(), nullable=False),
        sa.Column("entry_digest", sa.String(length=64), nullable=False),
        sa.Column("our_name", sa.String(length=300), nullable=False),
        sa.Column("listed_name", sa.String(length=300), nullable=False),
        sa.Column("score_bp", sa.Integer(), nullable=False),
        sa.Column("name_score_bp", sa.Integer(), nullable=False),
        sa.Column("features", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["list_id"], ["sanctions_list.id"], name=op.f("fk_hit_list_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_hit_organisation_id")),
        sa.ForeignKeyConstraint(["run_id"], ["screening_run.id"], name=op.f("fk_hit_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hit")),
        sa.UniqueConstraint(
            "organisation_id",
            "subject_digest",
            "entry_uid",
            "entry_digest",
            name=op.f("uq_hit_organisation_id_subject_digest_entry_uid_entry_digest"),
        ),
    )
    with op.batch_alter_table("hit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hit_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hit_status"), ["status"], unique=False)

    op.create_table(
        "profile_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("size", sa.String(length=32), nullable=False),
        sa.Column("sectors", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_profile_record_application_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_profile_record_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_record")),
        sa.UniqueConstraint("application_id", "position", name=op.f("uq_profile_record_application_id_position")),
    )
    op.create_table(
        "resolution",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("motion_id", sa.Uuid(), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("symbol", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_resolution_ballot_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_resolution_body_id")),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_resolution_motion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution")),
        sa.UniqueConstraint("ballot_id", name=op.f("uq_resolution_ballot_id")),
        sa.UniqueConstraint("body_id", "number", name=op.f("uq_resolution_body_id_number")),
        sa.UniqueConstraint("motion_id", name=op.f("uq_resolution_motion_id")),
        sa.UniqueConstraint("symbol", name=op.f("uq_resolution_symbol")),
    )
    with op.batch_alter_table("resolution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resolution_body_id"), ["body_id"], unique=False)

    op.create_table(
        "scorecard",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("snapshot_number", sa.Integer(), nullable=False),
        sa.Column("framework", sa.String(length=100), nullable=False),
        sa.Column("engine_version", sa.String(length=40), nullable=False),
        sa.Column("band", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("adjustments", sa.JSON(), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("digests", sa.JSON(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_scorecard_application_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_scorecard_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scorecard")),
        sa.UniqueConstraint("application_id", "number", name=op.f("uq_scorecard_application_id_number")),
    )
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("signed_off_by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_snapshot_application_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_snapshot_file_id")),
        sa.ForeignKeyConstraint(["signed_off_by_id"], ["person.id"], name=op.f("fk_snapshot_signed_off_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
        sa.UniqueConstraint("application_id", "number", name=op.f("uq_snapshot_application_id_number")),
    )
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_snapshot_application_id"), ["application_id"], unique=False)

    op.create_table(
        "adjudication",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hit_id", sa.Uuid(), nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("needs_second", sa.Boolean(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=True),
        sa.Column("second_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("second_text", sa.Text(), nullable=False),
        sa.Column("rejected_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["hit_id"], ["hit.id"], name=op.f("fk_adjudication_hit_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["person.id"], name=op.f("fk_adjudication_officer_id")),
        sa.ForeignKeyConstraint(["second_id"], ["person.id"], name=op.f("fk_adjudication_second_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjudication")),
    )
    with op.batch_alter_table("adjudication", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_adjudication_hit_id"), ["hit_id"], unique=False)

    op.create_table(
        "agreement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("library", sa.String(length=20), nullable=False),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("sdg_targets", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("cost_bearer", sa.String(length=40), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("drafted_by_id", sa.Uuid(), nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("alerted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("alert", sa.Text(), nullable=False),
        sa.CheckConstraint("starts_on < ends_on", name=op.f("ck_agreement_starts_before_end")),
        sa.ForeignKeyConstraint(["certificate_id"], ["certificate.id"], name=op.f("fk_agreement_certificate_id")),
        sa.ForeignKeyConstraint(["drafted_by_id"], ["person.id"], name=op.f("fk_agreement_drafted_by_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_agreement_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("reference", name=op.f("uq_agreement_reference")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_certificate_id"), ["certificate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_state"), ["state"], unique=False)

    op.create_table(
        "issued_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["certificate_id"], ["certificate.id"], name=op.f("fk_issued_document_certificate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_document")),
        sa.UniqueConstraint("certificate_id", "language", name=op.f("uq_issued_document_certificate_id_language")),
        sa.UniqueConstraint("sha256", name=op.f("uq_issued_document_sha256")),
    )
    with op.batch_alter_table("issued_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_issued_document_certificate_id"), ["certificate_id"], unique=False)

    op.create_table(
        "log_leaf",
        sa.Column("leaf_index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=True),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["certificate_id"], ["certificate.id"], name=op.f("fk_log_leaf_certificate_id")),
        sa.PrimaryKeyConstraint("leaf_index", name=op.f("pk_log_leaf")),
    )
    with op.batch_alter_table("log_leaf", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_log_leaf_certificate_id"), ["certificate_id"], unique=False)

    op.create_table(
        "recommendation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("recommended", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("added_value", sa.Text(), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("scorecard_id", sa.Uuid(), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("motion_id", sa.Uuid(), nullable=True),
        sa.Column("tabled_by_id", sa.Uuid(), nullable=True),
        sa.Column("tabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dossier_file_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_recommendation_application_id")),
        sa.ForeignKeyConstraint(
            ["dossier_file_id"], ["stored_file.id"], name=op.f("fk_recommendation_dossier_file_id")
        ),
        sa.ForeignKeyConstraint(["scorecard_id"], ["scorecard.id"], name=op.f("fk_recommendation_scorecard_id")),
        sa.ForeignKeyConstraint(["tabled_by_id"], ["person.id"], name=op.f("fk_recommendation_tabled_by_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_recommendation_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint("application_id", "number", name=op.f("uq_recommendation_application_id_number")),
        sa.UniqueConstraint("motion_id", name=op.f("uq_recommendation_motion_id")),
    )
    op.create_table(
        "suspension",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("procedure", sa.String(length=40), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("public_reason", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("effective_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lapses_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["certificate_id"], ["certificate.id"], name=op.f("fk_suspension_certificate_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["person.id"], name=op.f("fk_suspension_confirmed_by_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_suspension_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension")),
    )
    with op.batch_alter_table("suspension", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_suspension_certificate_id"), ["certificate_id"], unique=False)

    op.create_table(
        "withdrawal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("by_holder", sa.Boolean(), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("public_reason", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_until", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("motion_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["certificate_id"], ["certificate.id"], name=op.f("fk_withdrawal_certificate_id")),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_withdrawal_motion_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_withdrawal_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawal")),
    )
    with op.batch_alter_table("withdrawal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_withdrawal_certificate_id"), ["certificate_id"], unique=False)

    op.create_table(
        "agreement_clearance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("motion_id", sa.Uuid(), nullable=False),
        sa.Column("resolution", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_clearance_agreement_id")),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_agreement_clearance_motion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_clearance")),
        sa.UniqueConstraint("agreement_id", "sha256", name=op.f("uq_agreement_clearance_agreement_id_sha256")),
        sa.UniqueConstraint("motion_id", name=op.f("uq_agreement_clearance_motion_id")),
    )
    with op.batch_alter_table("agreement_clearance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_clearance_agreement_id"), ["agreement_id"], unique=False)

    op.create_table(
        "agreement_party",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_party_agreement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_party")),
        sa.UniqueConstraint("agreement_id", "key", name=op.f("uq_agreement_party_agreement_id_key")),
    )
    with op.batch_alter_table("agreement_party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_party_agreement_id"), ["agreement_id"], unique=False)

    op.create_table(
        "agreement_sealed_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_sealed_file_agreement_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_agreement_sealed_file_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_sealed_file")),
        sa.UniqueConstraint("agreement_id", "kind", name=op.f("uq_agreement_sealed_file_agreement_id_kind")),
        sa.UniqueConstraint("sha256", name=op.f("uq_agreement_sealed_file_sha256")),
    )
    with op.batch_alter_table("agreement_sealed_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_sealed_file_agreement_id"), ["agreement_id"], unique=False)

    op.create_table(
        "agreement_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("terms_sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_version_agreement_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_agreement_version_file_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_agreement_version_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_version")),
        sa.UniqueConstraint("agreement_id", "number", name=op.f("uq_agreement_version_agreement_id_number")),
    )
    with op.batch_alter_table("agreement_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_version_agreement_id"), ["agreement_id"], unique=False)

    op.create_table(
        "agreement_contribution",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_contribution_agreement_id")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["agreement_party.id"], name=op.f("fk_agreement_contribution_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_contribution")),
    )
    with op.batch_alter_table("agreement_contribution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_contribution_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_contribution_party_id"), ["party_id"], unique=False)

    op.create_table(
        "agreement_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Uuid(), nullable=True),
        sa.Column("signing_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signing_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ending", sa.String(length=40), nullable=True),
        sa.Column("ended_by_party_id", sa.Uuid(), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_proposal_agreement_id")),
        sa.ForeignKeyConstraint(
            ["ended_by_party_id"], ["agreement_party.id"], name=op.f("fk_agreement_proposal_ended_by_party_id")
        ),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"], name=op.f("fk_agreement_proposal_opened_by_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["agreement_version.id"], name=op.f("fk_agreement_proposal_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_proposal")),
        sa.UniqueConstraint("agreement_id", "number", name=op.f("uq_agreement_proposal_agreement_id_number")),
    )
    with op.batch_alter_table("agreement_proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_proposal_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_proposal_version_id"), ["version_id"], unique=False)
        batch_op.create_index(
            "uq_agreement_proposal_live",
            ["agreement_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "agreement_assent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["agreement_party.id"], name=op.f("fk_agreement_assent_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_agreement_assent_person_id")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["agreement_proposal.id"], name=op.f("fk_agreement_assent_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_assent")),
        sa.UniqueConstraint("proposal_id", "party_id", name=op.f("uq_agreement_assent_proposal_id_party_id")),
    )
    with op.batch_alter_table("agreement_assent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_assent_proposal_id"), ["proposal_id"], unique=False)

    op.create_table(
        "agreement_comment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_comment_agreement_id")),
        sa.ForeignKeyConstraint(["party_id"], ["agreement_party.id"], name=op.f("fk_agreement_comment_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_agreement_comment_person_id")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["agreement_proposal.id"], name=op.f("fk_agreement_comment_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_comment")),
    )
    with op.batch_alter_table("agreement_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_comment_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_comment_proposal_id"), ["proposal_id"], unique=False)

    op.create_table(
        "agreement_signature",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entry", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["agreement_party.id"], name=op.f("fk_agreement_signature_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_agreement_signature_person_id")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["agreement_proposal.id"], name=op.f("fk_agreement_signature_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_signature")),
        sa.UniqueConstraint("proposal_id", "party_id", name=op.f("uq_agreement_signature_proposal_id_party_id")),
    )
    with op.batch_alter_table("agreement_signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_signature_proposal_id"), ["proposal_id"], unique=False)

    create_triggers()


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table("agreement_signature", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_signature_proposal_id"))

    op.drop_table("agreement_signature")
    with op.batch_alter_table("agreement_comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_comment_proposal_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_comment_agreement_id"))

    op.drop_table("agreement_comment")
    with op.batch_alter_table("agreement_assent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_assent_proposal_id"))

    op.drop_table("agreement_assent")
    with op.batch_alter_table("agreement_proposal", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_agreement_proposal_live",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_agreement_proposal_version_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_proposal_agreement_id"))

    op.drop_table("agreement_proposal")
    with op.batch_alter_table("agreement_contribution", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_contribution_party_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_contribution_agreement_id"))

    op.drop_table("agreement_contribution")
    with op.batch_alter_table("agreement_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_version_agreement_id"))

    op.drop_table("agreement_version")
    with op.batch_alter_table("agreement_sealed_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_sealed_file_agreement_id"))

    op.drop_table("agreement_sealed_file")
    with op.batch_alter_table("agreement_party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_party_agreement_id"))

    op.drop_table("agreement_party")
    with op.batch_alter_table("agreement_clearance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_clearance_agreement_id"))

    op.drop_table("agreement_clearance")
    with op.batch_alter_table("withdrawal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_withdrawal_certificate_id"))

    op.drop_table("withdrawal")
    with op.batch_alter_table("suspension", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_suspension_certificate_id"))

    op.drop_table("suspension")
    op.drop_table("recommendation")
    with op.batch_alter_table("log_leaf", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_log_leaf_certificate_id"))

    op.drop_table("log_leaf")
    with op.batch_alter_table("issued_document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_issued_document_certificate_id"))

    op.drop_table("issued_document")
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_state"))
        batch_op.drop_index(batch_op.f("ix_agreement_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_certificate_id"))

    op.drop_table("agreement")
    with op.batch_alter_table("adjudication", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_adjudication_hit_id"))

    op.drop_table("adjudication")
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_snapshot_application_id"))

    op.drop_table("snapshot")
    op.drop_table("scorecard")
    with op.batch_alter_table("resolution", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resolution_body_id"))

    op.drop_table("resolution")
    op.drop_table("profile_record")
    with op.batch_alter_table("hit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hit_status"))
        batch_op.drop_index(batch_op.f("ix_hit_organisation_id"))

    op.drop_table("hit")
    with op.batch_alter_table("exclusion_finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exclusion_finding_application_id"))

    op.drop_table("exclusion_finding")
    with op.batch_alter_table("exclusion_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exclusion_answer_application_id"))

    op.drop_table("exclusion_answer")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_evidence_kept",
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_evidence_application_id"))

    op.drop_table("evidence")
    with op.batch_alter_table("clarification", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_clarification_open",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_clarification_application_id"))

    op.drop_table("clarification")
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_certificate_live",
            sqlite_where=sa.text("state IN ('pending', 'active')"),
            postgresql_where=sa.text("state IN ('pending', 'active')"),
        )
        batch_op.drop_index(batch_op.f("ix_certificate_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_certificate_holder_name"))
        batch_op.drop_index(batch_op.f("ix_certificate_holder_key"))

    op.drop_table("certificate")
    with op.batch_alter_table("cast_vote", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_cast_vote_seat",
            sqlite_where=sa.text("struck_at IS NULL"),
            postgresql_where=sa.text("struck_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_cast_vote_seat_id"))
        batch_op.drop_index(batch_op.f("ix_cast_vote_person_id"))
        batch_op.drop_index(batch_op.f("ix_cast_vote_ballot_id"))

    op.drop_table("cast_vote")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_person_id"))
        batch_op.drop_index(batch_op.f("ix_assignment_application_id"))

    op.drop_table("assignment")
    op.drop_table("assessment_record")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_application_id"))

    op.drop_table("answer")
    with op.batch_alter_table("seat_holder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seat_holder_seat_id"))
        batch_op.drop_index(batch_op.f("ix_seat_holder_person_id"))

    op.drop_table("seat_holder")
    with op.batch_alter_table("screening_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_screening_run_organisation_id"))

    op.drop_table("screening_run")
    with op.batch_alter_table("owner", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_owner_organisation_id"))

    op.drop_table("owner")
    with op.batch_alter_table("office_holder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_office_holder_seat_id"))

    op.drop_table("office_holder")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_membership_legal_representative",
            sqlite_where=sa.text("role = 'legal_representative'"),
            postgresql_where=sa.text("role = 'legal_representative'"),
        )
        batch_op.drop_index(batch_op.f("ix_membership_organisation_id"))

    op.drop_table("membership")
    op.drop_table("interest_state_conflict")
    with op.batch_alter_table("director", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_director_organisation_id"))

    op.drop_table("director")
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_ballot_open", sqlite_where=sa.text("closed_at IS NULL"), postgresql_where=sa.text("closed_at IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_ballot_session_id"))
        batch_op.drop_index(batch_op.f("ix_ballot_motion_id"))
        batch_op.drop_index(batch_op.f("ix_ballot_closes_at"))

    op.drop_table("ballot")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_attendance_present",
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_attendance_session_id"))

    op.drop_table("attendance")
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_application_open",
            sqlite_where=sa.text(
                "status IN ('assessed', 'awaiting_sign_off', 'clarification', 'deferred', 'draft', 'in_review', 'reviewed', 'submitted', 'tabled')"
            ),
            postgresql_where=sa.text(
                "status IN ('assessed', 'awaiting_sign_off', 'clarification', 'deferred', 'draft', 'in_review', 'reviewed', 'submitted', 'tabled')"
            ),
        )
        batch_op.drop_index(batch_op.f("ix_application_status"))
        batch_op.drop_index(batch_op.f("ix_application_reviewer_id"))
        batch_op.drop_index(batch_op.f("ix_application_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_application_assessor_id"))

    op.drop_table("application")
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_item_session_id"))
        batch_op.drop_index(batch_op.f("ix_agenda_item_motion_id"))

    op.drop_table("agenda_item")
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seat_body_id"))

    op.drop_table("seat")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_grant_person_id"))

    op.drop_table("role_grant")
    op.drop_table("organisation")
    with op.batch_alter_table("motion", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_motion_tabled", sqlite_where=sa.text("status = 'tabled'"), postgresql_where=sa.text("status = 'tabled'")
        )
        batch_op.drop_index(batch_op.f("ix_motion_subject_key"))
        batch_op.drop_index(batch_op.f("ix_motion_body_id"))

    op.drop_table("motion")
    op.drop_table("list_import")
    with op.batch_alter_table("list_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_list_entry_uid"))
        batch_op.drop_index("ix_list_entry_live")

    op.drop_table("list_entry")
    with op.batch_alter_table("interest_declaration", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_interest_declaration_live",
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_interest_declaration_subject_key"))
        batch_op.drop_index(batch_op.f("ix_interest_declaration_person_id"))

    op.drop_table("interest_declaration")
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consultation_subject_key"))
        batch_op.drop_index(batch_op.f("ix_consultation_country"))

    op.drop_table("consultation")
    with op.batch_alter_table("board_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_board_session_body_id"))

    op.drop_table("board_session")
    op.drop_table("audit_detail")
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stored_file_sha256"))

    op.drop_table("stored_file")
    op.drop_table("sign_in_failure")
    op.drop_table("sanctions_list")
    op.drop_table("person")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_due_at"))
        batch_op.drop_index(batch_op.f("ix_outbox_done_at"))

    op.drop_table("outbox")
    op.drop_table("log_node")
    op.drop_table("interest_subject")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_kind"))
        batch_op.drop_index("ix_event_case")

    op.drop_table("event")
    op.drop_table("body")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_case_key"))

    op.drop_table("audit_entry")
    op.drop_table("audit_block")
    drop_trigger_functions()
