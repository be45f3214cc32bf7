namespace Microblog.Outage;

/// <summary>
/// Holds what the system shows against what was answered. Each promise is checked for all writes begun since a moment.
/// </summary>
/// <param name="writes">All that were ever begun; all are done.</param>
public sealed class Checker(IReadOnlyList<Write> writes, Following following, Evidence evidence, DateTimeOffset since)
{
    private readonly Write[] _recent = [.. writes.Where(write => write.StartedAt >= since)];

    private readonly Dictionary<long, StoredRow> _rows = evidence.Rows.ToDictionary(row => row.Id);

    private readonly ILookup<string, StoredRow> _liveByText =
        evidence.Rows.Where(row => row is { IsDeleted: false, BoostOfId: null }).ToLookup(row => row.Text);

    private readonly ILookup<(long, long?), StoredRow> _liveBoosts =
        evidence.Rows.Where(row => row is { IsDeleted: false, BoostOfId: not null })
            .ToLookup(row => (row.AuthorId, row.BoostOfId));

    public IReadOnlyList<Finding> Check() => [.. _recent.SelectMany(Stored), .. Homes()];

    private IEnumerable<Finding> Stored(Write write) => write.Kind switch
    {
        WriteKind.Post or WriteKind.Reply or WriteKind.Boost => StoredOnce(write),
        WriteKind.Favourite => Kept(write),
        WriteKind.Delete => Gone(write),
        _ => throw new InvalidOperationException($"Write {write.Number} is of kind {write.Kind}."),
    };

    private IEnumerable<Finding> StoredOnce(Write write)
    {
        var live = write.Kind == WriteKind.Boost
            ? _liveBoosts[(write.Author.Id, write.Target!.PostId)].Count()
            : _liveByText[write.Text].Count();
        if (live > 1)
            yield return new(Harm.Duplicated, Name(write), $"is in Postgres {live} times");
        if (!write.IsAccepted)
        {
            // A boost may have been there before.
            if (live > 0 && write.Kind != WriteKind.Boost && !write.First!.IsOpen && !write.Last!.IsOpen)
                yield return new(Harm.Ghost, Name(write), $"was refused with {write.Last.Status} and is in Postgres");
            yield break;
        }

        if (!_rows.TryGetValue(write.PostId!.Value, out var row))
            yield return new(Harm.Lost, Name(write), $"was answered as {write.PostId} and is not in Postgres");
        else if (row.AuthorId != write.Author.Id)
            yield return new(Harm.Lost, Name(write), $"belongs to {row.AuthorId} in Postgres");
        else if (row.IsDeleted && write.IsUndisturbed)
            yield return new(Harm.Lost, Name(write), "is deleted in Postgres, and nobody asked for that");
        else if (!row.IsDeleted && row.Text != write.Text)
            yield return new(Harm.Lost, Name(write), "has another text in Postgres");
    }

    private IEnumerable<Finding> Kept(Write write)
    {
        if (write.IsAccepted && write.IsUndisturbed
            && !evidence.Favourites.Contains((write.Target!.PostId!.Value, write.Author.Id)))
            yield return new(Harm.Lost, Name(write), "is not in Postgres");
    }

    private IEnumerable<Finding> Gone(Write write)
    {
        if (write.IsAccepted && _rows.TryGetValue(write.Target!.PostId!.Value, out var row) && !row.IsDeleted)
            yield return new(Harm.Ghost, Name(write.Target), "was deleted and is in Postgres");
    }

    private IEnumerable<Finding> Homes()
    {
        var byId = writes.Where(write => write.PostId is not null).ToLookup(write => write.PostId!.Value);
        var refused = writes
            .Where(write => write.Text.Length > 0 && !write.IsAccepted && !write.First!.IsOpen && !write.Last!.IsOpen)
            .Select(write => ContentOf(write.Text))
            .ToHashSet();
        return evidence.Homes.SelectMany(home => InOrder(home.Key, home.Value)
            .Concat(home.Value.SelectMany(entry => Unwanted(home.Key, entry, byId[entry.Id].FirstOrDefault(), refused)))
            .Concat(Missing(home.Key, home.Value)));
    }

    private static IEnumerable<Finding> InOrder(long readerId, IReadOnlyList<HomeEntry> entries)
    {
        foreach (var (newer, older) in entries.Zip(entries.Skip(1)))
        {
            if (newer.Id <= older.Id)
                yield return new(Harm.Duplicated, $"post {older.Id}", $"is out of order in the home of {readerId}");
        }

        foreach (var twice in entries.Where(entry => entry.BoostOfId is null).GroupBy(entry => entry.Content))
        {
            if (twice.Count() > 1)
                yield return new(Harm.Duplicated, twice.Key, $"is {twice.Count()} times in the home of {readerId}");
        }
    }

    private IEnumerable<Finding> Unwanted(long readerId, HomeEntry entry, Write? write, HashSet<string> refused)
    {
        if (following.IsOver(readerId, entry.AuthorId))
            yield return new(Harm.Ghost, $"post {entry.Id}", $"of a stranger is in the home of {readerId}");
        if (write is null && entry.BoostOfId is null && refused.Contains(entry.Content))
            yield return new(Harm.Ghost, entry.Content, $"was refused and is in the home of {readerId}");
        if (write?.Deletion is { IsAccepted: true })
            yield return new(Harm.Ghost, Name(write), $"was deleted and is in the home of {readerId}");
        if (write is { Kind: WriteKind.Boost, Target.Deletion.IsAccepted: true })
            yield return new(Harm.Ghost, Name(write), $"boosts a deleted post in the home of {readerId}");
        if (write is { Kind: WriteKind.Reply, Target.Author: var repliedTo } && write.Author.Id != readerId
            && repliedTo.Id != write.Author.Id && following.IsOver(readerId, repliedTo.Id))
            yield return new(Harm.Ghost, Name(write), $"answers a stranger in the home of {readerId}");
    }

    private IEnumerable<Finding> Missing(long readerId, IReadOnlyList<HomeEntry> entries)
    {
        var ids = entries.Select(entry => entry.Id).ToHashSet();
        return _recent
            .Where(write => write is { MakesPost: true, IsAccepted: true, IsUndisturbed: true })
            .Where(write => Reaches(write, readerId) && !ids.Contains(write.PostId!.Value))
            .Select(write => new Finding(
                Harm.Lost,
                Name(write),
                $"of {write.StartedAt:O} is not in the home of {readerId}, "
                + $"who follows the author since {following.FollowedAt(readerId, write.Author.Id):O}"));
    }

    private bool Reaches(Write write, long readerId)
    {
        if (!following.Since(readerId, write.Author.Id, write.StartedAt))
            return false;
        return write.Kind != WriteKind.Reply
            || write.Author.Id == readerId
            || write.Target!.Author.Id == write.Author.Id
            || following.Since(readerId, write.Target.Author.Id, write.StartedAt);
    }

    /// <summary>A text of letters, digits and spaces is a paragraph and nothing else.</summary>
    public static string ContentOf(string text) => $"<p>{text}</p>";

    private static string Name(Write write) => $"{write.Kind} {write.Number}";
}
