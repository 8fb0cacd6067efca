"""Codes that others define, in the one spelling that they are stored in.

Languages are those of ISO 639-1, in small letters; the codes of ISO 639-2 and those that were
withdrawn lead to them (BCP 47 wants the shortest code, and one that holds). Currencies are those
of ISO 4217 in force on 2026-11-30, in capitals.
"""

import re
from typing import Annotated

from annotated_types import MaxLen, MinLen
from pydantic import BeforeValidator

from aiff_contracts.spelling.texts import cleaned

# Each language with its codes of three letters: the terminological one and the bibliographic one.
_LANGUAGES = """
aa/aar ab/abk ae/ave af/afr ak/aka am/amh an/arg ar/ara as/asm av/ava ay/aym az/aze ba/bak
be/bel bg/bul bi/bis bm/bam bn/ben bo/bod/tib br/bre bs/bos ca/cat ce/che ch/cha co/cos cr/cre
cs/ces/cze cu/chu cv/chv cy/cym/wel da/dan de/deu/ger dv/div dz/dzo ee/ewe el/ell/gre en/eng
eo/epo es/spa et/est eu/eus/baq fa/fas/per ff/ful fi/fin fj/fij fo/fao fr/fra/fre fy/fry ga/gle
gd/gla gl/glg gn/grn gu/guj gv/glv ha/hau he/heb hi/hin ho/hmo hr/hrv ht/hat hu/hun hy/hye/arm
hz/her ia/ina id/ind ie/ile ig/ibo ii/iii ik/ipk io/ido is/isl/ice it/ita iu/iku ja/jpn jv/jav
ka/kat/geo kg/kon ki/kik kj/kua kk/kaz kl/kal km/khm kn/kan ko/kor kr/kau ks/kas ku/kur kv/kom
kw/cor ky/kir la/lat lb/ltz lg/lug li/lim ln/lin lo/lao lt/lit lu/lub lv/lav mg/mlg mh/mah
mi/mri/mao mk/mkd/mac ml/mal mn/mon mr/mar ms/msa/may mt/mlt my/mya/bur na/nau nb/nob nd/nde
ne/nep ng/ndo nl/nld/dut nn/nno no/nor nr/nbl nv/nav ny/nya oc/oci oj/oji om/orm or/ori os/oss
pa/pan pi/pli pl/pol ps/pus pt/por qu/que rm/roh rn/run ro/ron/rum ru/rus rw/kin sa/san sc/srd
sd/snd se/sme sg/sag si/sin sk/slk/slo sl/slv sm/smo sn/sna so/som sq/sqi/alb sr/srp ss/ssw
st/sot su/sun sv/swe sw/swa ta/tam te/tel tg/tgk th/tha ti/tir tk/tuk tl/tgl tn/tsn to/ton
tr/tur ts/tso tt/tat tw/twi ty/tah ug/uig uk/ukr ur/urd uz/uzb ve/ven vi/vie vo/vol wa/wln
wo/wol xh/xho yi/yid yo/yor za/zha zh/zho/chi zu/zul
"""
_WITHDRAWN = {"in": "id", "iw": "he", "ji": "yi", "jw": "jv", "mo": "ro", "sh": "sr"}
_IN_FORCE = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD
CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD
GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD
KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO
NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE
SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND
VUV WST XAF XCD XCG XOF XPF XXX YER ZAR ZMW ZWG
"""
_CURRENCIES = frozenset(_IN_FORCE.split())
# ISO 4217 has a code for an amount in none of its currencies; what nobody can read stands so.
NO_CURRENCY = "XXX"
_EURO_SIGN = "\u20ac"
# A language with its script and region, which this code leaves out.
_TAG = re.compile(r"([a-z]{2,3})(-[a-z]{4})?(-([a-z]{2}|\d{3}))?", re.ASCII)
_SHORTEST = _WITHDRAWN | {
    code: codes[0] for codes in (word.split("/") for word in _LANGUAGES.split()) for code in codes
}


def language_code(given: object) -> object:
    """Return the code of ISO 639-1 that a text means, ValueError where it means none.

    What is no text is left to the type.
    """
    if not isinstance(given, str) or _SHORTEST.get(given) == given:
        return given
    tag = _TAG.fullmatch(cleaned(given).lower().replace("_", "-"))
    if tag is None or tag[1] not in _SHORTEST:
        message = f"{given!r} is no language: write its code of ISO 639-1, such as fr or en"
        raise ValueError(message)
    return _SHORTEST[tag[1]]


def currency_code(given: object) -> object:
    """Return the code of ISO 4217 that a text means, ValueError where it means none.

    The sign of the euro means one currency alone, that of the dollar does not.
    """
    if not isinstance(given, str) or given in _CURRENCIES:
        return given
    code = cleaned(given).upper()
    if code == _EURO_SIGN:
        return "EUR"
    if code not in _CURRENCIES:
        message = f"{given!r} is no currency: write its code of ISO 4217, such as EUR or USD"
        raise ValueError(message)
    return code


def seen_text(given: object) -> object:
    """Return a text without blanks at its ends, ValueError where nothing of it can be seen."""
    if not isinstance(given, str):
        return given
    text = cleaned(given)
    if not text:
        message = "nothing can be seen of this text; write a word or leave it out"
        raise ValueError(message)
    return text


Language = Annotated[str, MinLen(2), MaxLen(2), BeforeValidator(language_code)]
Currency = Annotated[str, MinLen(3), MaxLen(3), BeforeValidator(currency_code)]
