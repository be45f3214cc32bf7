"""Two people use Mastodon.py against the origin: mastodon_py.py ORIGIN EMAIL PASSWORD EMAIL PASSWORD."""
import sys
import time

from mastodon import Mastodon, MastodonNotFoundError

ORIGIN, ALICE, ALICE_PASSWORD, BOB, BOB_PASSWORD = sys.argv[1:]
DEADLINE_SECONDS = 20


def log_in(email, password):
    client_id, client_secret = Mastodon.create_app("end-to-end tests", api_base_url=ORIGIN)
    client = Mastodon(client_id=client_id, client_secret=client_secret, api_base_url=ORIGIN)
    client.log_in(email, password, scopes=["read", "write", "follow", "push"])
    return client


def eventually(fact):
    until = time.monotonic() + DEADLINE_SECONDS
    while not fact():
        assert time.monotonic() < until, "it did not become so"
        time.sleep(0.02)


def ids(items):
    return [item["id"] for item in items]


alice, bob = log_in(ALICE, ALICE_PASSWORD), log_in(BOB, BOB_PASSWORD)
me, him = alice.me(), bob.me()

found = bob.search(me["acct"], result_type="accounts")["accounts"]
assert found[0]["id"] == me["id"], found
assert bob.account_follow(me["id"])["following"]
assert bob.account_relationships([me["id"], him["id"]])[0]["following"]
assert ids(alice.account_followers(me["id"])) == [him["id"]]
assert ids(bob.account_following(him["id"])) == [me["id"]]

posts = [alice.status_post(f"post {n}", visibility="public") for n in range(6)]
eventually(lambda: len(bob.timeline_home(limit=40)) == len(posts))
first = bob.timeline_home(limit=4)
second = bob.fetch_next(first)
assert ids(first + second) == [post["id"] for post in reversed(posts)], ids(first + second)
assert bob.fetch_next(second) is None or bob.fetch_next(second) == []
newer = bob.fetch_previous(second)
assert ids(newer) == ids(first), ids(newer)
assert len(bob.fetch_remaining(bob.timeline_home(limit=2))) == len(posts)

post = posts[-1]
reply = bob.status_reply(post, "a reply from the library")
assert reply["in_reply_to_id"] == post["id"]
assert bob.status_favourite(post["id"])["favourited"]
assert bob.status_reblog(post["id"])["reblog"]["id"] == post["id"]
assert bob.status_bookmark(post["id"])["bookmarked"]
eventually(lambda: ids(bob.bookmarks()) == [post["id"]])
eventually(lambda: ids(bob.favourites()) == [post["id"]])
eventually(lambda: ids(alice.status_context(post["id"])["descendants"]) == [reply["id"]])
kinds = {"favourite", "reblog", "mention", "follow"}
eventually(lambda: {note["type"] for note in alice.notifications()} == kinds)
assert {note["type"] for note in alice.notifications(exclude_types=["follow"])} == kinds - {"follow"}
one = alice.notifications()[0]
assert alice.notifications(one["id"])["type"] == one["type"]
alice.notifications_dismiss(one["id"])
assert one["id"] not in ids(alice.notifications())
alice.notifications_clear()
assert alice.notifications() == []

assert not bob.status_unfavourite(post["id"])["favourited"]
assert not bob.status_unreblog(post["id"])["reblogged"]
assert not bob.status_unbookmark(post["id"])["bookmarked"]

again = alice.status_post("only once", idempotency_key="the same key")
assert alice.status_post("only once", idempotency_key="the same key")["id"] == again["id"]
assert alice.status_post("with a poll's JSON body", sensitive=True, spoiler_text="careful")["sensitive"]

tagged = alice.status_post("about #Birds and #bees")
assert {tag["name"].lower() for tag in tagged["tags"]} == {"birds", "bees"}
eventually(lambda: tagged["id"] in ids(bob.timeline_hashtag("birds")))
eventually(lambda: tagged["id"] in ids(bob.timeline_public(limit=40)))
eventually(lambda: tagged["id"] in ids(bob.account_statuses(me["id"], limit=40)))

changed = alice.account_update_credentials(display_name="Alice <3", note="I write\nthings", fields=[("web", "site")])
assert changed["display_name"] == "Alice <3" and changed["source"]["fields"][0]["name"] == "web"
eventually(lambda: bob.account(me["id"])["display_name"] == "Alice <3")
assert bob.account_lookup(me["acct"])["id"] == me["id"]
assert bob.account_search(me["acct"])[0]["id"] == me["id"]

assert bob.account_mute(me["id"])["muting"]
eventually(lambda: bob.timeline_home() == [] or all(s["account"]["id"] != me["id"] for s in bob.timeline_home()))
assert ids(bob.mutes()) == [me["id"]]
assert not bob.account_unmute(me["id"])["muting"]

alice.status_delete(posts[0]["id"])
try:
    bob.status(posts[0]["id"])
    raise AssertionError("a deleted post was shown")
except MastodonNotFoundError:
    pass

assert alice.account_block(him["id"])["blocking"]
assert ids(alice.blocks()) == [him["id"]]
assert all(status["account"]["id"] != me["id"] for status in bob.timeline_home())
assert not alice.account_unblock(him["id"])["blocking"]

instance = bob.instance()
assert instance["uri"] and instance["version"].startswith("4.2.0")
assert bob.preferences() is not None
assert bob.filters() == []
assert bob.lists() == []
assert bob.custom_emojis() == []
assert bob.conversations() == []
bob.markers_set(["home"], [post["id"]])
assert int(bob.markers_get(["home"])["home"]["last_read_id"]) == post["id"]
bob.revoke_access_token()
print("everything worked")
