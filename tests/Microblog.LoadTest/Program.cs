using System.Runtime.InteropServices;
using Microblog.LoadTest;
using Microblog.LoadTest.Planning;

using var interrupted = new CancellationTokenSource();
// The first signal ends the run in good order, the second one at once.
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
try
{
    return args switch
    {
        ["merge", .. var words] => Commands.Merge(words),
        ["plan", .. var words] => PlanCommand.Run(words),
        ["check", .. var words] => Commands.Check(words),
        _ => await Commands.Run(args, interrupted.Token),
    };
}
catch (CommandLineException complaint)
{
    Console.Error.WriteLine(complaint.Message);
    Console.Error.WriteLine("infra/load --help explains it all.");
    return 2;
}
catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
{
    Console.Error.WriteLine("Interrupted before there was anything to report.");
    return 130;
}

void Interrupt(PosixSignalContext signal)
{
    signal.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
}
