namespace Microblog.ServiceDefaults.Messaging;

/// <summary>Which queues take a message, beside those that take all of its type.</summary>
public enum Lane
{
    /// <summary>Commands for few readers, which never wait behind a post to a million followers.</summary>
    Small,

    /// <summary>Commands for a full page of a large audience.</summary>
    Bulk,

    /// <summary>Posts of which somebody is told that he was mentioned or boosted.</summary>
    Notifying,

    /// <summary>Posts of which nobody is told: most, and they need not go where all would be left aside.</summary>
    Quiet,
}
