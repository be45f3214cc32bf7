namespace Microblog.ServiceDefaults.Messaging;

/// <summary>
/// Which queue a command waits in, so that a post to a million followers never delays an ordinary one.
/// </summary>
public enum Lane
{
    Small,
    Bulk,
}
