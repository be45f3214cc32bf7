using Microblog.Admin;
using Microsoft.Extensions.Configuration;

var configuration = new ConfigurationBuilder().AddEnvironmentVariables();
if (Environment.GetEnvironmentVariable("MICROBLOG_SECRETS") is { Length: > 0 } folder)
    configuration.AddKeyPerFile(folder, optional: false);

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    interrupted.Cancel();
};
var terminal = new Terminal(Console.Out, Console.Error, isInteractive: !Console.IsErrorRedirected, TimeProvider.System);
return await AdminCommands.Run(args, configuration.Build(), terminal, interrupted.Token);
