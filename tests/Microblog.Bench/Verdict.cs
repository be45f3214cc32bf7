namespace Microblog.Bench;

/// <summary>How a figure stands to its floor and its target.</summary>
public enum Verdict
{
    Missed,
    MetFloor,
    MetTarget,
}
