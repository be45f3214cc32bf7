namespace Microblog.Fuzz;

/// <summary>Where an operation reads a field.</summary>
public enum Place
{
    Path,
    Query,
    Body,
}
