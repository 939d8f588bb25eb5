"""Satisfaction surveys: sent by mail to who was there, answered on one page without signing in."""

from datetime import datetime, timedelta
from typing import Annotated, Final, LiteralString

from pydantic import Field, model_validator
from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.catalog.models import Course
from pygmalion_app.core.addresses import address
from pygmalion_app.core.errors import NotFoundError, PygmalionError
from pygmalion_app.core.i18n import format_days, supported
from pygmalion_app.core.ids import new_id, new_token, token_hash
from pygmalion_app.core.privacy import Period
from pygmalion_app.core.schemas import Command, View
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.service import queue_email
from pygmalion_app.organizations.models import Organization
from pygmalion_app.reports.survey_models import Survey, SurveyKind
from pygmalion_app.sessions.models import TrainingSession

OPEN_FOR: Final = timedelta(days=60)
"""How long a question may be answered."""
_COLD_AFTER: Final = Period(months=3)
_ASKED_WITHIN: Final = timedelta(days=14)
"""After a pause of the jobs, nobody is asked about what is long past."""
_AT_ONCE: Final = 200

_DUE: LiteralString = """
SELECT e.id AS enrollment_id, e.session_id, e.user_id, s.organization_id, s.starts_at, s.ends_at, s.time_zone,
  u.email, u.first_name, u.locale, c.title, coalesce(nullif(c.title_en, ''), c.title) AS title_en, o.name
FROM sessions s JOIN enrollments e ON e.session_id = s.id AND e.status <> 'CANCELLED' AND e.present
JOIN users u ON u.id = e.user_id AND u.status = 'active' JOIN courses c ON c.id = s.course_id
JOIN organizations o ON o.id = s.organization_id
WHERE s.status <> 'cancelled' AND s.ends_at <= %(until)s AND s.ends_at > %(since)s
  AND NOT EXISTS (SELECT FROM surveys v WHERE v.enrollment_id = e.id AND v.kind = %(kind)s)
ORDER BY e.id LIMIT %(most)s
"""
# Two workers that ask at once leave one question, and one mail.
_ASK: LiteralString = """
INSERT INTO surveys (id, enrollment_id, session_id, organization_id, user_id, kind, token_hash, sent_at, comment)
VALUES (%(id)s, %(enrollment)s, %(session)s, %(organization)s, %(user)s, %(kind)s, %(hash)s, %(now)s, '')
ON CONFLICT DO NOTHING RETURNING id
"""

_Mark = Annotated[int, Field(ge=1, le=5)]


class SurveyAnsweredError(PygmalionError):
    """This question has its answer."""

    code = "survey_answered"
    status = 409


class SurveyView(View):
    """What is asked, of whom, about what."""

    kind: str
    first_name: str
    course_title: str
    course_title_en: str
    organization_name: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    answered: bool


class AnswerSurvey(Command):
    """Marks from 1 to 5; `trainer` is asked right after a session, `practice` later; `recommend` from 0 to 10."""

    overall: _Mark
    content: _Mark
    trainer: _Mark | None = None
    practice: _Mark | None = None
    recommend: Annotated[int, Field(ge=0, le=10)]
    comment: Annotated[str, Field(max_length=2_000)] = ""

    @model_validator(mode="after")
    def _one_of_both(self) -> "AnswerSurvey":
        if (self.trainer is None) == (self.practice is None):
            message = "either `trainer` or `practice` is asked"
            raise ValueError(message)
        return self


async def ask(uow: UnitOfWork, kind: SurveyKind) -> int:
    """Ask some of those whose session is over (hot) or three months past (cold); returns how many. The system only."""
    now = uow.clock.now()
    until = now if kind is SurveyKind.HOT else _COLD_AFTER.before(now)
    rows = await uow.sql(_DUE, kind=kind.value, until=until, since=until - _ASKED_WITHIN, most=_AT_ONCE)
    for row in rows:
        token = new_token()
        made = await uow.sql(
            _ASK,
            id=new_id(),
            enrollment=row["enrollment_id"],
            session=row["session_id"],
            organization=row["organization_id"],
            user=row["user_id"],
            kind=kind.value,
            hash=token_hash(token),
            now=now,
        )
        if made:
            locale = supported(row["locale"])
            await queue_email(
                uow,
                row["email"],
                f"survey-{kind.value}",
                locale,
                path=address("survey", locale, token=token),
                enclosed=(),
                name=row["first_name"],
                course=row["title_en"] if locale == "en" else row["title"],
                organization=row["name"],
                days=format_days(locale, row["starts_at"], row["ends_at"], row["time_zone"]),
            )
    return len(rows)


async def opened(uow: UnitOfWork, token: str) -> SurveyView:
    """Return what a mail's link asks, to whoever has the link; NotFoundError when it is none, or too old."""
    async with uow.elevated():
        survey = await _find(uow, token)
        query = (
            select(TrainingSession, Course, col(Organization.name))
            .join(Course, col(Course.id) == col(TrainingSession.course_id))
            .join(Organization, col(Organization.id) == col(TrainingSession.organization_id))
            .where(col(TrainingSession.id) == survey.session_id)
        )
        session, course, name = (await uow.session.execute(query)).one()
        (person,) = await uow.sql("SELECT first_name FROM users WHERE id = %(id)s", id=survey.user_id)
    return SurveyView(
        kind=survey.kind,
        first_name=person["first_name"],
        course_title=course.title,
        course_title_en=course.title_en or course.title,
        organization_name=name,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        time_zone=session.time_zone,
        answered=survey.answered_at is not None,
    )


async def answer(uow: UnitOfWork, token: str, command: AnswerSurvey) -> None:
    """Keep an answer. Raises NotFoundError as `opened`, SurveyAnsweredError for a second one."""
    async with uow.elevated():
        survey = await _find(uow, token, lock=True)
        if survey.answered_at is not None:
            raise SurveyAnsweredError
        survey.overall, survey.content, survey.recommend = command.overall, command.content, command.recommend
        hot = survey.kind == SurveyKind.HOT
        survey.trainer = command.trainer if hot else None
        survey.practice = None if hot else command.practice
        survey.comment, survey.answered_at = command.comment, uow.clock.now()
        await uow.session.flush()


async def _find(uow: UnitOfWork, token: str, *, lock: bool = False) -> Survey:
    query = select(Survey).where(col(Survey.token_hash) == token_hash(token))
    found = (await uow.session.execute(query.with_for_update() if lock else query)).scalar_one_or_none()
    if found is None or found.sent_at + OPEN_FOR < uow.clock.now():
        raise NotFoundError
    return found
