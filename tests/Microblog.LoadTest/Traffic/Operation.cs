namespace Microblog.LoadTest.Traffic;

/// <summary>What people do.</summary>
public enum Operation
{
    Post,
    Reply,
    Boost,
    Favourite,

    /// <summary>The newest page of the home timeline.</summary>
    Read,

    /// <summary>The page after it; follows some reads and is not drawn by itself.</summary>
    Page,
    Follow,
    Delete,

    /// <summary>A connection that stays open for a while; its latency is that of the headers.</summary>
    Stream,
}
