namespace Microblog.LoadTest.Limits;

/// <summary>
/// Which rate to try next: up until one is too much, then between the best and the least that was. A rate is too much
/// when it was not kept twice: what else a machine does may spoil one try.
/// </summary>
public sealed class LimitSearch(double start)
{
    private const double Growth = 1.6;
    private const int StepsMax = 20;

    /// <summary>The search ends when what is too much is no more than so many times what is kept.</summary>
    private const double Precision = 1.08;

    private double _tooMuch = double.PositiveInfinity;
    private double? _doubtful;
    private int _steps;

    /// <summary>The highest rate that was kept so far; 0 for none.</summary>
    public double Best { get; private set; }

    /// <summary>Null when the search is over.</summary>
    public double? Next()
    {
        if (_steps >= StepsMax || _tooMuch <= Best * Precision || _tooMuch < start / 100)
            return null;
        if (_doubtful is { } rate)
            return rate;
        if (double.IsInfinity(_tooMuch))
            return Best == 0 ? start : Best * Growth;
        return Best == 0 ? _tooMuch / Growth : Math.Sqrt(Best * _tooMuch);
    }

    public void Tried(double rate, bool isKept)
    {
        _steps++;
        var isFirstTry = _doubtful != rate;
        _doubtful = !isKept && isFirstTry ? rate : null;
        if (isKept)
            Best = Math.Max(Best, rate);
        else if (!isFirstTry)
            _tooMuch = Math.Min(_tooMuch, rate);
    }
}
