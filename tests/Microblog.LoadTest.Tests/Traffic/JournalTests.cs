using Microblog.LoadTest.Traffic;
using Microblog.LoadTest.Worlds;

namespace Microblog.LoadTest.Tests.Traffic;

public sealed class JournalTests
{
    private const int Alice = 0;
    private const int Bob = 1;
    private const int Carol = 2;
    private const int Dora = 3;

    // Carol follows Alice and Bob, Dora follows Alice, Bob follows Alice.
    private static readonly FollowGraph Graph = FollowGraph.Of(
        peopleCount: 4, [(Carol, Alice), (Carol, Bob), (Dora, Alice), (Bob, Alice)]);

    private readonly Journal _journal = new(Graph);

    [Fact]
    public void A_post_reaches_its_author_and_his_followers() => AssertReaches(Post(Alice), Alice, Bob, Carol, Dora);

    [Fact]
    public void A_reply_reaches_who_follows_both_and_who_is_answered()
    {
        AssertReaches(Reply(Alice, Post(Bob)), Alice, Bob, Carol);
        AssertReaches(Reply(Bob, Post(Alice)), Bob, Carol);
        AssertReaches(Reply(Alice, Post(Carol)), Alice, Carol);
    }

    [Fact]
    public void A_reply_to_oneself_reaches_all_followers() =>
        AssertReaches(Reply(Alice, Post(Alice)), Alice, Bob, Carol, Dora);

    [Fact]
    public void The_audience_is_whom_it_reaches_but_the_author()
    {
        AcceptedPost[] posts =
            [Post(Alice), Reply(Alice, Post(Bob)), Reply(Bob, Post(Alice)), Reply(Alice, Post(Carol))];

        foreach (var post in posts)
            Assert.Equal(
                Enumerable.Range(0, 4).Count(reader => reader != post.Author && _journal.Reaches(post, reader)),
                _journal.Audience(post));
    }

    [Fact]
    public void A_boost_of_what_is_deleted_may_be_gone_too()
    {
        var original = Post(Alice);
        var boost = new AcceptedPost(2, Bob, PostKind.Boost, original, AnsweredAt: 0);

        Assert.False(boost.IsDisturbed);
        original.Disturb();
        Assert.True(boost.IsDisturbed);
    }

    [Fact]
    public void The_same_boost_again_is_no_news()
    {
        Assert.True(_journal.Add(Post(Alice)));
        Assert.False(_journal.Add(Post(Alice)));
    }

    private void AssertReaches(AcceptedPost post, params int[] readers) =>
        Assert.Equal(readers, Enumerable.Range(0, 4).Where(reader => _journal.Reaches(post, reader)));

    private static AcceptedPost Post(int author) => new(1, author, PostKind.Post, Target: null, AnsweredAt: 0);

    private static AcceptedPost Reply(int author, AcceptedPost target) =>
        new(2, author, PostKind.Reply, target, AnsweredAt: 0);
}
