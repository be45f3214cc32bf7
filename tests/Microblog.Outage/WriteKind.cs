namespace Microblog.Outage;

/// <summary>What a person asks Ingest to accept.</summary>
public enum WriteKind
{
    Post,
    Reply,
    Boost,
    Favourite,
    Delete,
}
