using Microblog.ClientEntities;
using Microblog.Keyspaces;

namespace Microblog.Timeline.ReadHomeTimeline;

/// <summary>
/// How a reader stands to the people of a page, and what he marked of it. True as long as the versions are the same,
/// of which the first is FollowGraph's and the second <see cref="PostMarks.ChangeField"/>.
/// </summary>
/// <param name="People">To whom <paramref name="Relations"/> are, in the same order.</param>
/// <param name="Marks">Of each post of the page.</param>
internal sealed record KnownViewer(
    long RelationsVersion,
    long? MarksVersion,
    IReadOnlyList<long> People,
    Standing[] Relations,
    StatusMarks[] Marks);
