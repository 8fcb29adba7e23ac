"""Bugs of figures and small words that tests once overlooked: each has a test at its bound."""

from tests.mutants.bug import Bug

UNANSWERED = "tests/domain/ladder/test_unanswered.py"

FIGURES = (
    Bug(
        "reviews of a standstill come ever more seldom",
        "domain/decision/review.py",
        "MOST_PATIENT = 4\n",
        "MOST_PATIENT = 9\n",
        ("tests/domain/decision/test_review.py",),
    ),
    Bug(
        "an acknowledgement counts as a message that nobody answered",
        "domain/ladder/unanswered.py",
        "deed.do is ActionType.ACKNOWLEDGE or deed.episode",
        "False or deed.episode",
        (UNANSWERED,),
    ),
    Bug(
        "silence of an earlier episode counts in this one",
        "domain/ladder/unanswered.py",
        " or deed.episode != case.episode:",
        ":",
        (UNANSWERED,),
    ),
    Bug(
        "an invoice was settled when money came last, not when there was enough",
        "domain/history/record.py",
        "settled = (settled or at) if came",
        "settled = at if came",
        ("tests/stories/money/test_paid_too_much.py",),
    ),
    Bug(
        "a deferred deed waits longer and longer, without an end",
        "activities/ports/back_off.py",
        "patience = min(SHORTEST_PAUSE * (1 << doublings), _LONGEST_PAUSE)",
        "patience = SHORTEST_PAUSE * (1 << doublings)",
        ("tests/activities/ports/test_back_off.py",),
    ),
    Bug(
        "a busy provider is asked again after two minutes",
        "activities/ports/back_off.py",
        "SHORTEST_PAUSE = timedelta(minutes=15)",
        "SHORTEST_PAUSE = timedelta(minutes=2)",
        ("tests/activities/ports/test_back_off.py",),
    ),
    Bug(
        "the word stay stops text messages",
        "adapters/incoming/stop_words.py",
        '"en": "stop stopall',
        '"en": "stop stay stopall',
        ("tests/twilio/test_stop_words.py",),
    ),
    Bug(
        "a nudge takes the place of a start that waits",
        "starter/api/wake_queue.py",
        "if not isinstance(self._waiting.get(case), OpenedCase):",
        "if True:",
        ("tests/starter/api/test_wake_queue.py",),
    ),
    Bug(
        "a deadlock is no reason to come again",
        "adapters/ledger/core/sql.py",
        '_NOT_NOW = {"55P03", "40P01"}',
        '_NOT_NOW = {"55P03"}',
        ("tests/ledger/core/test_locking.py",),
    ),
    Bug(
        "a text message that is out of date lives for no second",
        "adapters/twilio/sms.py",
        "validity_period=max(1, min(LONGEST_QUEUE, envelope.seconds_left)),",
        "validity_period=min(LONGEST_QUEUE, envelope.seconds_left),",
        ("tests/adapters/twilio/test_twilio_answers.py",),
    ),
)
