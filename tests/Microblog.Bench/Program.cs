using System.Runtime.InteropServices;
using Microblog.Bench;
using Microblog.Bench.Goals;
using Microblog.Bench.Peers;
using Microblog.Bench.Reporting;
using Microblog.LoadTest;
using Microblog.TestServers;

if (args is [BareReads.Command, var port])
{
    await BareReads.Serve(port);
    return 0;
}

// In the order in which they are measured: those that break something, or need a world of their own, come last.
IReadOnlyList<IGoal> goals =
[
    new FanOutAgainstRedis(),
    new CombinedFanOut(),
    new RedisCost(),
    new MemoryPerEntry(),
    new Linearity(),
    new BrokerTax(),
    new PostVisible(),
    new LargePostVisible(),
    new ReadShape(),
    new HomeReads(),
    new Celebrity(),
    new Overload(),
    new PostgresStopped(),
];
using var interrupted = new CancellationTokenSource();
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
try
{
    var settings = BenchSettings.From(new(args), [.. goals.Select(goal => goal.Id).Distinct()]);
    var progress = new Progress();
    var figures = new List<Figure>();
    await using (var context = new BenchContext(settings, progress))
    {
        foreach (var goal in goals.Where(goal => settings.Goals.Contains(goal.Id)))
        {
            foreach (var figure in await goal.Measure(context, interrupted.Token))
            {
                figures.Add(figure);
                progress.Say(FigureTable.Line(figure));
            }
        }
    }

    var command = string.Join(' ', args.Prepend("./infra/bench"));
    var results = ResultsFile.Write(figures, command, TimeProvider.System.GetUtcNow());
    Console.Write(FigureTable.Of(figures));
    Console.WriteLine($"Also in {results}");
    return figures.All(figure => figure.Verdict != Verdict.Missed) ? 0 : 1;
}
catch (CommandLineException complaint)
{
    Console.Error.WriteLine(complaint.Message);
    Console.Error.WriteLine("infra/bench --help explains it all.");
    return 2;
}
catch (ProgramFailedException failure)
{
    Console.Error.WriteLine(failure.Message);
    Console.Error.WriteLine("Nothing was written.");
    return 1;
}
catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
{
    Console.Error.WriteLine("Interrupted; nothing was written.");
    return 130;
}

void Interrupt(PosixSignalContext signal)
{
    signal.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
}
