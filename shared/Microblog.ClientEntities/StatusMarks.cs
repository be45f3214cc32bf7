namespace Microblog.ClientEntities;

/// <summary>What a status says about its viewer.</summary>
[Flags]
public enum StatusMarks
{
    None = 0,
    Favourite = 1,
    Boosted = 2,
    Bookmarked = 4,

    /// <summary>The viewer wrote it, and it is no boost.</summary>
    Own = 8,

    /// <summary>Nobody is logged in: the status says nothing about anybody.</summary>
    Anonymous = 16,
}
