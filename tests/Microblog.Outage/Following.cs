using System.Collections.Concurrent;

namespace Microblog.Outage;

/// <summary>Who follows whom, as the answers say.</summary>
public sealed class Following
{
    private readonly ConcurrentDictionary<(long Reader, long Author), State> _states = new();

    /// <summary>A request is on its way: until it is answered nobody can say.</summary>
    public void Begin(long reader, long author) => _states[(reader, author)] = new(null, DateTimeOffset.MaxValue);

    /// <summary>A request was answered with 200.</summary>
    public void End(long reader, long author, bool follows, DateTimeOffset at) =>
        _states[(reader, author)] = new(follows, at);

    /// <summary>Whether everything that the author began to write after this moment must reach the reader.</summary>
    public bool Since(long reader, long author, DateTimeOffset moment) =>
        reader == author
        || (_states.TryGetValue((reader, author), out var state) && state.Follows == true && state.At < moment);

    /// <summary>When the answer came after which the reader followed the author.</summary>
    public DateTimeOffset? FollowedAt(long reader, long author) =>
        _states.TryGetValue((reader, author), out var state) && state.Follows == true ? state.At : null;

    /// <summary>Whether the reader certainly does not follow the author, and must see nothing of his.</summary>
    public bool IsOver(long reader, long author) =>
        reader != author && (!_states.TryGetValue((reader, author), out var state) || state.Follows == false);

    /// <summary>Pairs of which nobody can say, because a request was not answered with 200.</summary>
    public IReadOnlyList<(long Reader, long Author)> Open =>
        [.. _states.Where(pair => pair.Value.Follows is null).Select(pair => pair.Key)];

    private sealed record State(bool? Follows, DateTimeOffset At);
}
