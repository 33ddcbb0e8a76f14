"""The postman: carries notices of what happened to the people concerned. The inbox is the truth, a push is a hint.

Rooms above say, in a listener or a verb, in the transaction of the fact that caused it:

    from webapp.push.models import notify

    notify(
        "complaint",                # a kind of webapp/push/words.py KINDS; an unknown one is an error
        to=[zhou, lin.id],          # people or their ids; who is told twice, disabled, or is `by` is left out by itself
        subject=complaint.id,       # the id of the row that it is about: notices of one kind and subject collapse on the phone
        url=f"/complaints/{id}",    # where a tap leads; a path of this house (a carried one, if there is one)
        title=customer.name,        # what it is about, in words that need no translation; an ISO date is worded as a day
        text=comment.text,          # what somebody wrote, if anything; read in the inbox, never part of a push
        by=current_user,            # who caused it, None for the clock
        key="2026-11-24",           # told once for (person, kind, subject, key); left out: told every time
    )

Urgent kinds (`KINDS[kind].urgent`) go out at once, quiet hours or not. Nothing is sent in the request: a job does it after the commit.
"""
