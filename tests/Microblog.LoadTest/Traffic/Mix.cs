namespace Microblog.LoadTest.Traffic;

/// <summary>How often each operation is drawn.</summary>
public sealed class Mix
{
    public const string Default = "post=20,reply=5,boost=4,favourite=10,read=58,follow=1,delete=1,stream=1";

    private readonly WeightedChoice _choice;

    /// <param name="text"><c>post=20,read=80</c>: weights, of any sum.</param>
    public Mix(string text)
    {
        Text = text;
        var weights = new double[Enum.GetValues<Operation>().Length];
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('=') is not [var name, var weight]
                || !Enum.TryParse<Operation>(name, ignoreCase: true, out var operation)
                || operation == Operation.Page
                || char.IsDigit(name[0]))
                throw new CommandLineException($"--mix: '{part}' is not like {Default}");
            weights[(int)operation] = CommandLine.Parse("--mix", weight);
            if (weights[(int)operation] < 0)
                throw new CommandLineException("--mix: no weight may be negative.");
        }

        if (weights.Sum() <= 0)
            throw new CommandLineException("--mix: one weight at least must be above zero.");
        _choice = new(weights);
    }

    public string Text { get; }

    public double Share(Operation operation) => _choice.Share((int)operation);

    public Operation Next(Random random) => (Operation)_choice.Next(random);
}
