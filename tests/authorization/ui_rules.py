"""Who passes the door to each event handler of the pages, as data.

How to add a handler: name it under its State, behind the roles that the door lets through (`PUBLIC`, `SIGNED_IN`, or
role names). What happens behind the door is the services' matter: `test_ui_matrix` calls every handler as every role
with the other side's ids, and nothing of that side may show or change. A handler whose arguments are ids under a new
name adds that name to `foreign_values`; a page that takes an id from its address adds the State to `ADDRESSES`.
"""

from collections.abc import Callable
from typing import Any

from tests.authorization.api_rules import ADMIN, PUBLIC, RUNS_IT, SCHOOL, SIGNED_IN
from tests.authorization.world import Side

BUYS = "manager airport_manager admin"

DOORS: dict[str, dict[str, str]] = {
    "AdminOrganizationsState": {ADMIN: "choose_kind load search turn"},
    "AnchoringState": {ADMIN: "acknowledge choose load look retry turn"},
    "AirportState": {BUYS: "ask choose_place load"},
    "AuditState": {ADMIN: "clear load narrow turn verify"},
    "CellState": {BUYS: "end_exemption exempt open"},
    "CatalogState": {PUBLIC: "choose clear load search turn"},
    "CertificatesState": {SIGNED_IN: "choose copied load mask share"},
    "FiguresState": {ADMIN: "choose load"},
    "FinancialReportState": {RUNS_IT: "choose group load"},
    "FormatsState": {SIGNED_IN: "ask"},
    "PassportState": {SIGNED_IN: "load"},
    "ElsewhereState": {SIGNED_IN: "added load remove"},
    "CheckState": {BUYS: "accept back choose load look refuse turn"},
    "IssuedState": {SCHOOL: "begin_correct begin_revoke choose_state correct revoke search turn", SIGNED_IN: "load"},
    "IssuingState": {SCHOOL: "look refresh retry start toggle", SIGNED_IN: "load"},
    "ComplianceReportState": {BUYS: "narrow turn", SIGNED_IN: "load"},
    "ConsentState": {SIGNED_IN: "decide load"},
    "ContractState": {SIGNED_IN: "accept load"},
    "CourseState": {PUBLIC: "choose load"},
    "DashboardState": {SIGNED_IN: "load"},
    "DevicesState": {SIGNED_IN: "load sign_out sign_out_everywhere"},
    "DisputesState": {ADMIN: "choose_state close load preview see submit turn"},
    "EnrolState": {
        SIGNED_IN: (
            "add_pasted add_person apply_code book choose_company choose_payer choose_source drop_code kept_no_more "
            "load remove search_team toggle"
        ),
    },
    "AskState": {PUBLIC: "load", SIGNED_IN: "ask begin take_back"},
    "AssignState": {
        BUYS: (
            "ask_second book choose_center choose_due choose_method choose_nobody choose_shown leave_out narrow "
            "search_people search_sessions toggle_person toggle_session"
        ),
        SIGNED_IN: "load",
    },
    "ModerationState": {ADMIN: "begin choose decide load turn"},
    "ReportState": {SIGNED_IN: "begin send"},
    "BpfState": {RUNS_IT: "choose load state_trainee state_trainer"},
    "BudgetState": {BUYS: "allot choose_year edit remove save show turn", SIGNED_IN: "load"},
    "QueueOfRequests": {
        BUYS: "approve begin_approve begin_refuse choose_center choose_method refuse",
        SIGNED_IN: "load",
    },
    "ErasureState": {SIGNED_IN: "confirm load look withdraw"},
    "ExportState": {SIGNED_IN: "load start"},
    "FactorsState": {
        SIGNED_IN: (
            "ask_removal begin_passkey begin_totp confirm_totp copy_codes "
            "forget_codes load receive_passkey remove renew_codes"
        ),
    },
    "HomeState": {PUBLIC: "load"},
    "LearnerState": {SIGNED_IN: "copy_calendar load renew_calendar show_calendar"},
    "ImportState": {RUNS_IT: "follow look looked restart take taken", SIGNED_IN: "load"},
    "InstalmentState": {SIGNED_IN: "load pay"},
    "InvitationState": {SIGNED_IN: "accept", PUBLIC: "decline load"},
    "InvoicesState": {
        RUNS_IT: "begin_transfer choose_month choose_side choose_state choose_statement decide record turn",
        SIGNED_IN: "load",
    },
    "OrderPapers": {SIGNED_IN: "load look"},
    "PaymentChoice": {SIGNED_IN: "choose_funding choose_kind choose_method load write"},
    "PaymentsState": {SIGNED_IN: "load turn"},
    "PayoutsState": {SCHOOL: "start turn", SIGNED_IN: "load"},
    "SaleRefund": {SCHOOL: "begin change choose_kind confirm show toggle"},
    "TemplateState": {SCHOOL: "look remove_logo save sent", SIGNED_IN: "load"},
    "JobsState": {ADMIN: "load refresh retry turn"},
    "MailboxState": {PUBLIC: "choose choose_address load receive refresh"},
    "ManagerState": {SIGNED_IN: "load"},
    "MatrixState": {BUYS: "choose clear fit look refresh search turn", SIGNED_IN: "load"},
    "MembersState": {
        RUNS_IT: (
            "begin_invite begin_remove begin_roles dismiss invite remove resend search set_roles turn undo withdraw"
        ),
        SIGNED_IN: "load",
    },
    "MessagesState": {SIGNED_IN: "load load_thread send", PUBLIC: "refresh"},
    "NewOrganizationState": {SIGNED_IN: "ask choose_country choose_kind create load look_up"},
    "NotificationsState": {
        SIGNED_IN: "choose_delivery choose_push choose_shown load mark mark_all more",
        PUBLIC: "refresh",
    },
    "OrderState": {SIGNED_IN: "give_up load refresh retry_checkout"},
    "OrderSeatState": {
        SIGNED_IN: (
            "ask_cancel ask_cancel_all begin_move begin_replace cancel_seat choose_session move_seat replace_person"
        ),
    },
    "OrdersState": {SIGNED_IN: "choose load search turn"},
    "DiscountsState": {SCHOOL: "ask_off choose_kind create deactivate save_days", SIGNED_IN: "load"},
    "OrganizationState": {PUBLIC: "load"},
    "OwnDisputes": {SIGNED_IN: "load"},
    "CourseEditorState": {SCHOOL: "begin choose_type leave note publish save tick"},
    "OwnCoursesState": {SCHOOL: "begin_session create_session load"},
    "ProfileState": {SIGNED_IN: "load save"},
    "Reauthentication": {SIGNED_IN: "choose receive_passkey send_code send_password use_passkey"},
    "PushState": {SIGNED_IN: "load looked turned_off turned_on"},
    "QueueState": {SIGNED_IN: "load"},
    "ResetState": {PUBLIC: "choose load restart send take"},
    "ReportsState": {RUNS_IT: "begin_schedule choose export load refresh schedule unschedule"},
    "ReviewState": {ADMIN: "approve ask back filter_state filter_subject load open_case reject take withdraw"},
    "RiskState": {ADMIN: "choose_kind choose_state close decide load see turn"},
    "RulesState": {BUYS: "begin create start", SIGNED_IN: "load"},
    "SecurityState": {SIGNED_IN: "change_email change_password confirm_email load restart_email"},
    "SetState": {BUYS: "archive begin choose_day discard edit publish remove save", SIGNED_IN: "load"},
    "SettingsState": {RUNS_IT: "demand_strong_factor save take_transfers", SIGNED_IN: "load"},
    "ExceptionsState": {
        BUYS: (
            "add_equivalence begin_end_equivalence begin_end_exemption begin_equivalence begin_exemption end find grant"
            " look"
        ),
        SIGNED_IN: "load",
    },
    "EventsState": {ADMIN: "choose_effect choose_kind close load replay see turn"},
    "FinanceState": {
        ADMIN: (
            "ask_by_hand ask_resolve choose export_csv export_fec last_month load pay_by_hand refresh resolve retry"
        )
    },
    "SharingState": {BUYS: "add load share share_names withdraw"},
    "SignIn": {
        PUBLIC: (
            "allow_resend back choose_method choose_trust load receive_passkey "
            "resend send_code sign_in sign_up type_code use_passkey"
        ),
    },
    "SsoDoor": {PUBLIC: "find load look_up use_password"},
    "SsoSettings": {
        RUNS_IT: "begin_proof begin_release claim prove proven_again release remove save send_code test",
        SIGNED_IN: "load",
    },
    "AttendanceState": {SIGNED_IN: "load"},
    "AttendState": {SIGNED_IN: "load"},
    "PapersState": {SIGNED_IN: "call_up load"},
    "QualityState": {SIGNED_IN: "choose load"},
    "SurveyState": {PUBLIC: "answer load"},
    "SchoolState": {SIGNED_IN: "load"},
    "SchoolCalendarState": {SIGNED_IN: "after before load"},
    "TeachSessionState": {SIGNED_IN: "ask_validate load mark mark_all refresh validate_marks"},
    "TeachState": {SIGNED_IN: "load"},
    "TeamState": {BUYS: "search show_all_orders", SIGNED_IN: "load"},
    "TeamPlanState": {BUYS: "begin_book book refresh replan start stop wish", SIGNED_IN: "load"},
    "PlanLimitsState": {BUYS: "add_absence remove_absence remove_minimum set_minimum", SIGNED_IN: "load"},
    "TrainingState": {SIGNED_IN: "load"},
    "TrustedState": {SIGNED_IN: "forget load"},
    "UndoState": {PUBLIC: "load take undo"},
    "VerificationState": {SIGNED_IN: "added choose_kind load_identity load_organization remove submit"},
    "WaitingDomainsState": {ADMIN: "approve load"},
    "WaitingState": {PUBLIC: "begin load refresh", SIGNED_IN: "join leave load_company take_back"},
    "WishState": {PUBLIC: "load", SIGNED_IN: "ask begin take_back"},
    "WithdrawalState": {SIGNED_IN: "back confirm load proceed"},
    "WorkplaceState": {
        BUYS: "archive begin_archive begin_close begin_role begin_site close_site give save_role save_site",
        SIGNED_IN: "load",
    },
    "Viewer": {SIGNED_IN: "choose_organization", PUBLIC: "load"},
}

ADDRESSES: dict[str, Callable[[Side], str]] = {
    "OrderState": lambda side: f"/fr/orders/{side.order}",
    "OrderSeatState": lambda side: f"/fr/orders/{side.order}",
    "OrderPapers": lambda side: f"/fr/orders/{side.order}",
    "PaymentChoice": lambda side: f"/fr/enrol/{side.session}",
    "EnrolState": lambda side: f"/fr/enrol/{side.session}",
    "ContractState": lambda side: f"/fr/enrol/{side.session}",
    "InstalmentState": lambda side: f"/fr/orders/{side.order}",
    "WithdrawalState": lambda side: f"/fr/withdrawal/{side.order}",
    "MessagesState": lambda side: f"/fr/messages/{side.key('message_threads')}",
    "TeachSessionState": lambda side: f"/fr/teach/{side.session}",
    "PapersState": lambda side: f"/fr/teach/{side.session}",
    "AttendanceState": lambda side: f"/fr/teach/{side.session}/attendance",
    "QueueState": lambda side: f"/fr/teach/{side.session}",
    "CourseState": lambda side: f"/fr/formations/{side.name}-draft-marker-{side.name}",
    "WishState": lambda side: f"/fr/formations/{side.name}-draft-marker-{side.name}",
    "RulesState": lambda side: f"/fr/team/rules?id={side.company}&set={side.key('requirement_sets')}",
    "SetState": lambda side: f"/fr/team/rules?id={side.company}&set={side.key('requirement_sets')}",
    "TeamPlanState": lambda side: f"/fr/team/plan?id={side.company}&plan={side.key('plans')}",
    "OrganizationState": lambda side: f"/fr/organismes/{side.name}-company-marker-{side.name}",
}


def address_of(state: str, side: Side) -> str:
    """Return a page's address that names an object of a side; organisations' pages take theirs from `?id=`."""
    return ADDRESSES.get(state, lambda of: f"/fr/organisation?id={of.company}")(side)


def foreign_values(side: Side) -> dict[str, Any]:
    """Return what a handler's argument of each name is called with: ids and words of a side, a form with them all."""
    ids: dict[str, Any] = {
        "session_id": side.session,
        "seat": side.enrollment,
        "discount": side.key("discount_codes"),
        "participant": side.enrollment,
        "certificate": side.key("certificates"),
        "elsewhere": side.key("external_certificates"),
        "campaign": side.key("certificate_campaigns"),
        "company": side.company,
        "entry": side.key("waiting_list_entries"),
        "dispute": side.key("disputes"),
        "organization": side.company,
        "course": side.draft,
        "member": side.learner.user_id,
        "invitation": side.key("organization_invitations"),
        "request": side.key("organization_join_requests"),
        "document": side.key("kyc_documents"),
        "case": side.key("kyc_cases"),
        "center": side.key("cost_centers"),
        "asked": side.key("training_requests"),
        "assessment": side.key("risk_assessments"),
        "event": side.key("webhook_events"),
        "refund": side.key("refunds"),
        "order": side.order,
        "schedule": side.key("report_schedules"),
        "tower": side.airport,
        "difference": side.key("reconciliation_differences"),
        "device": side.key("token_families"),
        "notification": side.key("notifications"),
        "invoice": side.key("invoices"),
        "share": side.key("order_funding"),
        "instalment": side.key("instalments"),
        "factor": side.key("passkeys"),
        "review": side.key("reviews"),
        "job_role": side.key("job_roles"),
        "site": side.key("sites"),
        "exemption": side.key("exemptions"),
        "equivalence": side.key("course_equivalences"),
        "key": side.key("trusted_devices"),
        "absence": side.key("plan_unavailabilities"),
        "minimum": side.key("plan_shift_minimums"),
    }
    words = {name: str(value) for name, value in ids.items()} | {"body": side.name}
    words |= {"domain": f"{side.name}.example", "email": f"{side.name}-learner@test.example", "text": side.name}
    return words | {"form": dict(words), "answer": dict(words), "page": 1, "value": True, "given": True}
