namespace Microblog.Outage;

/// <summary>How a promise can be broken.</summary>
public enum Harm
{
    /// <summary>Answered with 200, and not there, or not where it must be.</summary>
    Lost,

    /// <summary>There twice, or out of order.</summary>
    Duplicated,

    /// <summary>There although it was refused, deleted, or is none of the reader's business.</summary>
    Ghost,
}
