"""The part of schema.org (version 29) that the exports use: types, their parents, their properties.

Copied by hand from https://schema.org/<Type>, so that a property that a type does not have, or a
value of another type, is seen. Expected types: Text, Number, URL, Date, Duration or a node's type.
"""

PARENTS = {
    "Service": "Thing",
    "GovernmentService": "Service",
    "FinancialProduct": "Service",
    "LoanOrCredit": "FinancialProduct",
    "Grant": "Thing",
    "MonetaryGrant": "Grant",
    "CreativeWork": "Thing",
    "LearningResource": "CreativeWork",
    "Dataset": "CreativeWork",
    "SoftwareApplication": "CreativeWork",
    "Course": "LearningResource",
    "Event": "Thing",
    "CourseInstance": "Event",
    "EducationalOccupationalProgram": "Thing",
    "Organization": "Thing",
    "GovernmentOrganization": "Organization",
    "Place": "Thing",
    "AdministrativeArea": "Place",
    "Audience": "Thing",
    "Offer": "Thing",
    "MonetaryAmount": "Thing",
}
PROPERTIES = {
    "Thing": {
        "name": {"Text"},
        "description": {"Text"},
        "identifier": {"Text"},
        "url": {"URL"},
    },
    "Service": {
        "serviceType": {"Text"},
        "provider": {"Organization"},
        "areaServed": {"AdministrativeArea"},
        "audience": {"Audience"},
        "offers": {"Offer"},
    },
    "LoanOrCredit": {"amount": {"MonetaryAmount"}, "loanType": {"Text"}},
    "Grant": {"funder": {"Organization"}},
    "MonetaryGrant": {"amount": {"MonetaryAmount"}},
    "CreativeWork": {
        "provider": {"Organization"},
        "inLanguage": {"Text"},
        "audience": {"Audience"},
        "keywords": {"Text"},
        "license": {"URL"},
        "encodingFormat": {"Text"},
        "offers": {"Offer"},
        "timeRequired": {"Duration"},
    },
    "LearningResource": {"educationalLevel": {"Text"}, "teaches": {"Text"}},
    "Course": {"coursePrerequisites": {"Text"}, "hasCourseInstance": {"CourseInstance"}},
    "Event": {
        "startDate": {"Date"},
        "endDate": {"Date"},
        "inLanguage": {"Text"},
        "location": {"Place"},
        "maximumAttendeeCapacity": {"Number"},
        "remainingAttendeeCapacity": {"Number"},
    },
    "CourseInstance": {"courseMode": {"Text"}},
    "EducationalOccupationalProgram": {
        "provider": {"Organization"},
        "applicationStartDate": {"Date"},
        "applicationDeadline": {"Date"},
        "startDate": {"Date"},
        "maximumEnrollment": {"Number"},
        "timeToComplete": {"Duration"},
        "offers": {"Offer"},
    },
    "Audience": {"audienceType": {"Text"}},
    "Offer": {"price": {"Text"}, "priceCurrency": {"Text"}},
    "MonetaryAmount": {
        "currency": {"Text"},
        "minValue": {"Number"},
        "maxValue": {"Number"},
    },
}


def ancestry(kind):
    """Return a type with all its parents."""
    found = []
    while kind is not None:
        found.append(kind)
        kind = PARENTS.get(kind)
    return found


def properties_of(kind):
    """Return what a type may say, with the types of the values."""
    found = {}
    for one in reversed(ancestry(kind)):
        found |= PROPERTIES.get(one, {})
    return found
