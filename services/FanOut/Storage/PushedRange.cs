namespace Microblog.FanOut.Storage;

/// <summary>Lists that are written in one pipeline.</summary>
/// <param name="Family">What all these lists are.</param>
/// <param name="Lists">Numbers of the lists in <paramref name="Pushes"/>.</param>
internal sealed record PushedRange(MergedPushes Pushes, ListFamily Family, IReadOnlyList<int> Lists)
{
    public string Key(int list) => Family.Key(Pushes.OwnerId(list));

    /// <summary>The lowest id that goes to a list.</summary>
    public long FirstId(int list) => Pushes.PostIds(list)[0];
}
