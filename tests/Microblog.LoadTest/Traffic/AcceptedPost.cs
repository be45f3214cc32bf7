namespace Microblog.LoadTest.Traffic;

/// <summary>A post, reply or boost that was answered with 200.</summary>
/// <param name="Target">What is replied to or boosted; null for a post.</param>
/// <param name="AnsweredAt">As <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/> counts.</param>
public sealed record AcceptedPost(long Id, int Author, PostKind Kind, AcceptedPost? Target, long AnsweredAt)
{
    private volatile bool _isDisturbed;

    /// <summary>Whether somebody has asked to delete it, so that it may or may not be there.</summary>
    public bool IsDisturbed => _isDisturbed || (Kind == PostKind.Boost && Target!.IsDisturbed);

    public void Disturb() => _isDisturbed = true;
}
