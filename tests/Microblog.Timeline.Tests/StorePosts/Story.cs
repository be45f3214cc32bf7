using Microblog.Contracts.Ingest;

namespace Microblog.Timeline.Tests.StorePosts;

/// <summary>
/// What three people did, in the order in which it happened: posts, replies, boosts (some twice), deletions,
/// favourites and bookmarks given and taken back. The same seed makes the same story with other ids.
/// </summary>
internal sealed class Story
{
    private readonly List<PostCreated> _posts = [];
    private readonly List<object> _facts = [];
    private readonly Person[] _people;

    private Story(Person[] people)
    {
        _people = people;
    }

    public IReadOnlyList<object> Facts => _facts;

    public static async Task<Story> Create(RunningTimeline timeline, int seed)
    {
        var story = new Story(
            [await timeline.NewPerson(), await timeline.NewPerson(), await timeline.NewPerson()]);
        var random = new Random(seed);
        for (var i = 0; i < 40; i++)
            story.Happen(random);
        return story;
    }

    /// <summary>Everything that is stored, with places in the story in place of ids.</summary>
    public async Task<string> Describe(RunningTimeline timeline)
    {
        var ids = _posts.Select(post => post.PostId).ToArray();
        var people = _people.Select(person => person.Id).ToArray();
        return string.Join('\n',
        [
            .. await Rows(
                timeline,
                """
                SELECT array_position($1, id), array_position($2, author_id), deleted_at IS NULL, text,
                       cardinality(tags), cardinality(mentioned_ids),
                       (SELECT count(*) FROM mentions WHERE post_id = id),
                       (SELECT count(*) FROM post_tags WHERE post_id = id)
                  FROM posts WHERE id = ANY($1) ORDER BY id
                """,
                ids,
                people),
            .. await Rows(
                timeline,
                "SELECT array_position($1, post_id), replies, boosts, favourites FROM post_counts "
                    + "WHERE post_id = ANY($1) AND (replies, boosts, favourites) <> (0, 0, 0) AND $2 IS NOT NULL "
                    + "ORDER BY post_id",
                ids,
                people),
            .. await Rows(
                timeline,
                "SELECT array_position($1, post_id), array_position($2, account_id), is_active FROM favourites "
                    + "WHERE post_id = ANY($1) ORDER BY post_id, account_id",
                ids,
                people),
            .. await Rows(
                timeline,
                "SELECT array_position($1, post_id), array_position($2, account_id), is_active FROM bookmarks "
                    + "WHERE post_id = ANY($1) ORDER BY post_id, account_id",
                ids,
                people),
            .. await Rows(
                timeline,
                "SELECT array_position($2, author_id), posts_count, last_post_on IS NULL FROM authors "
                    + "WHERE author_id = ANY($2) AND $1 IS NOT NULL AND posts_count > 0 ORDER BY author_id",
                ids,
                people),
        ]);
    }

    public async Task AssertThatCountersAgree(RunningTimeline timeline)
    {
        var ids = _posts.Select(post => post.PostId).ToArray();
        var people = _people.Select(person => person.Id).ToArray();
        Assert.Equal(0, await timeline.Count(
            """
            SELECT count(*) FROM post_counts WHERE post_id = ANY($1) AND (
                replies <> (SELECT count(*) FROM posts
                             WHERE in_reply_to_id = post_id AND deleted_at IS NULL AND visibility < 2)
             OR boosts <> (SELECT count(*) FROM posts WHERE boost_of_id = post_id AND deleted_at IS NULL)
             OR favourites <> (SELECT count(*) FROM favourites
                                WHERE favourites.post_id = post_counts.post_id AND is_active))
            """,
            ids));
        Assert.Equal(0, await timeline.Count(
            """
            SELECT count(*) FROM authors WHERE author_id = ANY($1) AND posts_count <> (
                SELECT count(*) FROM posts
                 WHERE posts.author_id = authors.author_id AND deleted_at IS NULL AND visibility < 3)
            """,
            people));
        Assert.Equal(0, await timeline.Count(
            """
            SELECT count(*) FROM (
                SELECT FROM posts WHERE author_id = ANY($1) AND boost_of_id IS NOT NULL AND deleted_at IS NULL
                 GROUP BY author_id, boost_of_id HAVING count(*) > 1) AS doubled
            """,
            people));
    }

    private void Happen(Random random)
    {
        var person = _people[random.Next(_people.Length)];
        var earlier = _posts.Count == 0 ? null : _posts[random.Next(_posts.Count)];
        var visibility = (Visibility)random.Next(4);
        var choice = earlier is null ? 0 : random.Next(9);
        if (choice is 0 or 1)
            Write(APost.By(person, visibility, [_people[0]], tags: ["cats"]));
        else if (choice == 2)
            Write(APost.By(person, visibility, inReplyTo: earlier));
        else if (choice is 3 or 4 && earlier!.BoostOfId is null)
            Write(APost.Boost(person, earlier));
        else if (choice == 5)
            _facts.Add(APost.Deletion(earlier!));
        else if (choice is 6 or 7)
            _facts.Add(APost.Favourite(person, earlier!, isFavourite: random.Next(3) > 0));
        else
            _facts.Add(APost.Bookmark(person, earlier!, isBookmarked: random.Next(3) > 0));
    }

    private void Write(PostCreated post)
    {
        _posts.Add(post);
        _facts.Add(post);
    }

    private static async Task<List<string>> Rows(RunningTimeline timeline, string sql, long[] ids, long[] people)
    {
        await using var command = timeline.Database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = ids });
        command.Parameters.Add(new() { Value = people });
        var lines = new List<string>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var values = new object[rows.FieldCount];
            rows.GetValues(values);
            lines.Add(string.Join(' ', values));
        }

        return lines;
    }
}
