namespace Microblog.Contracts.Ingest;

/// <summary>Who may see a post.</summary>
public enum Visibility
{
    /// <summary>Everyone; listed in public timelines.</summary>
    Public = 0,

    /// <summary>Everyone; not listed in public timelines.</summary>
    Unlisted = 1,

    /// <summary>The author's followers and those mentioned.</summary>
    Private = 2,

    /// <summary>Only those mentioned, and the author.</summary>
    Direct = 3,
}
