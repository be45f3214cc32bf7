using System.Diagnostics;
using System.Globalization;

namespace Microblog.LoadTest;

/// <summary>
/// One line that changes in place on a terminal; elsewhere a line now and then. May be called as often as one likes.
/// </summary>
public sealed class Progress
{
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly TimeSpan _interval = Console.IsErrorRedirected ? LogInterval : TerminalInterval;
    private long _shownAt;
    private int _length;

    public void Say(string what, int done, int all)
    {
        if (done < all && Stopwatch.GetElapsedTime(Interlocked.Read(ref _shownAt)) < _interval)
            return;
        var line = string.Create(CultureInfo.InvariantCulture, $"{what}: {done:#,0} of {all:#,0}");
        if (done < all || !Console.IsErrorRedirected)
            Show(line);
        else
            Say(line);
    }

    /// <summary>Something that changes; shown when the last was shown long enough ago.</summary>
    public void Show(string line)
    {
        lock (_lock)
        {
            if (Stopwatch.GetElapsedTime(_shownAt) < _interval)
                return;
            _shownAt = Stopwatch.GetTimestamp();
            if (Console.IsErrorRedirected)
            {
                Console.Error.WriteLine(line);
                return;
            }

            Console.Error.Write($"\r{line.PadRight(_length)}");
            _length = line.Length;
        }
    }

    /// <summary>Something that is said once and stays.</summary>
    public void Say(string line)
    {
        lock (_lock)
        {
            if (!Console.IsErrorRedirected && _length > 0)
                Console.Error.Write($"\r{new string(' ', _length)}\r");
            Console.Error.WriteLine(line);
            _length = 0;
            _shownAt = 0;
        }
    }
}
