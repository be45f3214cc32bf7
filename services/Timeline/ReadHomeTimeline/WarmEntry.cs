using Microblog.ClientEntities;

namespace Microblog.Timeline.ReadHomeTimeline;

/// <summary>A post on a page, with what may be different the next time.</summary>
/// <param name="Original">Of a boost; null for any other post.</param>
/// <param name="Counts">Of the original, or of the post itself.</param>
/// <param name="Author">Where he stands among the authors of the round, and likewise the original's.</param>
/// <param name="Marks">The viewer's, without whether he is the author.</param>
internal readonly record struct WarmEntry(
    KnownPost Post,
    KnownPost? Original,
    byte[] Counts,
    int Author,
    int OriginalAuthor,
    StatusMarks Marks);
