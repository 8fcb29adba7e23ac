"""The two ceremonies of WebAuthn (Level 3): a passkey is made, and a passkey opens."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from activities.ports.stores.console.access import Passkey
from domain.parties.console import ConsolePerson

_NAME = "Amicable"
_WISHED = AuthenticatorSelectionCriteria(
    resident_key=ResidentKeyRequirement.REQUIRED,  # nobody has to type who they are
    user_verification=UserVerificationRequirement.PREFERRED,
)


class PasskeyRefusedError(Exception):
    """A browser's answer that proves nothing."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a browser is asked: the challenge, and the options as JSON for its own parser."""

    challenge: bytes
    options: str


@dataclass(frozen=True, slots=True)
class VisitedHost:
    """Where it happens: the host's name, and the origin that a browser must have been at."""

    host: str
    origin: str


def ask_for_new(person: ConsolePerson, known: Sequence[Passkey], place: VisitedHost) -> Question:
    """Ask a browser to make a passkey for a person, not one that it has already."""
    mark = f"{person.creditor}/{person.name}"
    asked = generate_registration_options(
        rp_id=place.host,
        rp_name=_NAME,
        user_id=hashlib.sha256(mark.encode()).digest(),
        user_name=mark,
        user_display_name=person.name,
        authenticator_selection=_WISHED,
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.id)) for one in known
        ],
    )
    return Question(asked.challenge, options_to_json(asked))


def made(answer: str, challenge: bytes, person: ConsolePerson, place: VisitedHost) -> Passkey:
    """Check that a passkey was made for us, here and now.

    Raises:
        PasskeyRefusedError: if the answer proves nothing.
    """
    if not challenge:
        raise PasskeyRefusedError("nothing was asked")
    with _refused_in_one_word():
        found = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
        )
    return Passkey(
        id=bytes_to_base64url(found.credential_id),
        creditor=person.creditor,
        name=person.name,
        public_key=found.credential_public_key,
        sign_count=found.sign_count,
    )


def ask_for_any(place: VisitedHost) -> Question:
    """Ask a browser for any passkey of ours that it has."""
    asked = generate_authentication_options(rp_id=place.host)
    return Question(asked.challenge, options_to_json(asked))


def id_of_answer(answer: str) -> str:
    """Read which passkey an answer says it is of.

    Raises:
        PasskeyRefusedError: if it is no answer.
    """
    with _refused_in_one_word():
        return parse_authentication_credential_json(answer).id


def opened_by(answer: str, challenge: bytes, key: Passkey, place: VisitedHost) -> int:
    """Check that a passkey signed our question; answers how often it was used.

    Raises:
        PasskeyRefusedError: if the answer proves nothing.
    """
    with _refused_in_one_word():
        found = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
        )
    return found.new_sign_count


@contextmanager
def _refused_in_one_word() -> Iterator[None]:
    """What the library says of an answer may hold parts of it: its kind is told, and no more."""
    try:
        yield
    except (WebAuthnException, ValueError) as error:
        raise PasskeyRefusedError(type(error).__name__) from None
