namespace Microblog.Admin;

/// <summary>Where results and progress are written.</summary>
internal sealed class Terminal(TextWriter output, TextWriter errors, bool isInteractive, TimeProvider clock)
{
    public TimeProvider Clock { get; } = clock;

    public void Line(string text = "") => output.WriteLine(text);

    public void Error(string text) => errors.WriteLine(text);

    /// <summary>Reports on long work, apart from the results.</summary>
    /// <param name="what">In the plural: what is counted.</param>
    /// <param name="total">Null when nobody knows how many there will be.</param>
    public Progress Progress(string what, int? total = null) => new(errors, isInteractive, Clock, what, total);
}
