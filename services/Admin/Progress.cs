namespace Microblog.Admin;

/// <summary>How far long work has come: one line that is written over, or a line now and then in a log.</summary>
internal sealed class Progress(
    TextWriter output,
    bool isInteractive,
    TimeProvider clock,
    string what,
    int? total) : IDisposable
{
    private static readonly TimeSpan LogEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShowEvery = TimeSpan.FromMilliseconds(200);

    private readonly long _startedAt = clock.GetTimestamp();
    private readonly Lock _writing = new();
    private TimeSpan _writtenAt;
    private int _widest;

    public int Count { get; private set; }

    public void Advance(int count = 1)
    {
        lock (_writing)
        {
            Count += count;
            var elapsed = clock.GetElapsedTime(_startedAt);
            if (elapsed - _writtenAt < (isInteractive ? ShowEvery : LogEvery))
                return;
            _writtenAt = elapsed;
            Write(elapsed);
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (isInteractive && _widest > 0)
            output.Write($"\r{new string(' ', _widest)}\r");
    }

    private void Write(TimeSpan elapsed)
    {
        var of = total is { } all ? $" of {all}" : "";
        var text = $"{Count}{of} {what}, {Count / elapsed.TotalSeconds:0}/s";
        _widest = Math.Max(_widest, text.Length);
        if (isInteractive)
            output.Write($"\r{text.PadRight(_widest)}");
        else
            output.WriteLine(text);
    }
}
