namespace Microblog.LoadTest.Traffic;

/// <summary>What stands in timelines.</summary>
public enum PostKind
{
    Post,
    Reply,
    Boost,
}
