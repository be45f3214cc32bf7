using System.Globalization;
using Microblog.Fuzz;
using Microblog.Outage;

var (requests, seed, home) = (50_000, 1, (string?)null);
foreach (var pair in args.Chunk(2))
{
    if (pair is not [var name, var value] || !Take(name, value))
    {
        Console.Error.WriteLine($"'{string.Join(' ', pair)}' cannot be asked for; infra/fuzz --help says what may be.");
        return 2;
    }
}

Console.WriteLine($"{requests} requests to {Operations.All.Count} operations, seed {seed}");
await using var own = home is null ? await Instance.Start() : null;
home ??= own!.Home;
var origin = new Uri(File.ReadAllText(Path.Combine(home, "origin")).Trim());
var fuzzer = new Fuzzer(origin, home, seed);
using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    interrupted.Cancel();
};

var run = fuzzer.Run(requests, interrupted.Token);
while (await Task.WhenAny(run, Task.Delay(TimeSpan.FromSeconds(5))) != run)
    Console.WriteLine($"{fuzzer.Done,8} answered, {fuzzer.Complaints.Count} of them wrongly");
if (interrupted.IsCancellationRequested)
    return 130;

var outcome = await run;
foreach (var line in Report.Of(outcome, origin))
    Console.WriteLine(line);
return outcome.Complaints.Count == 0 && outcome.Grown.Count == 0 ? 0 : 1;

bool Take(string name, string value)
{
    var isNumber = int.TryParse(value, CultureInfo.InvariantCulture, out var number);
    switch (name)
    {
        case "--requests" when isNumber && number is > 0 and <= 100_000_000:
            requests = number;
            return true;
        case "--seed" when isNumber:
            seed = number;
            return true;
        case "--home" when File.Exists(Path.Combine(value, "origin")):
            home = value;
            return true;
        default:
            return false;
    }
}
