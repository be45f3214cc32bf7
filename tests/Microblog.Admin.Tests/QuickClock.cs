namespace Microblog.Admin.Tests;

/// <summary>Time in which whoever waits need not: the pause is over at once, and something happened in it.</summary>
internal sealed class QuickClock(Action? meanwhile = null) : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        meanwhile?.Invoke();
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
