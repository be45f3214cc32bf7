using System.Globalization;

namespace Microblog.LoadTest;

/// <summary>Options as <c>--name value</c> or, for flags, <c>--name</c>; numbers may end in k, M or G.</summary>
public sealed class CommandLine
{
    private readonly Dictionary<string, string?> _options = [];
    private readonly HashSet<string> _asked = [];

    /// <exception cref="CommandLineException">An option is given twice.</exception>
    public CommandLine(IReadOnlyList<string> words, params IReadOnlyCollection<string> flags)
    {
        var operands = new List<string>();
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (!word.StartsWith("--", StringComparison.Ordinal))
            {
                operands.Add(word);
                continue;
            }

            var isFlag = flags.Contains(word);
            if (!_options.TryAdd(word, isFlag || i + 1 == words.Count ? null : words[++i]))
                throw new CommandLineException($"{word} is given twice.");
        }

        Operands = operands;
    }

    /// <summary>Words that belong to no option.</summary>
    public IReadOnlyList<string> Operands { get; }

    public bool Flag(string name) => Has(name);

    public bool Has(string name)
    {
        _asked.Add(name);
        return _options.ContainsKey(name);
    }

    /// <exception cref="CommandLineException">It has no value.</exception>
    public string? Text(string name) => Has(name)
        ? _options[name] ?? throw new CommandLineException($"{name} needs a value.")
        : null;

    /// <exception cref="CommandLineException">It is no number, or out of bounds.</exception>
    public double Number(string name, double fallback, double min, double max)
    {
        if (Text(name) is not { } text)
            return fallback;
        var number = Parse(name, text);
        return number >= min && number <= max
            ? number
            : throw new CommandLineException(string.Create(
                CultureInfo.InvariantCulture, $"{name} must be from {min} to {max}."));
    }

    public int Count(string name, int fallback, int min, int max) => (int)Math.Round(Number(name, fallback, min, max));

    /// <exception cref="CommandLineException">The option is not there.</exception>
    public double Required(string name, double min, double max) =>
        Has(name) ? Number(name, 0, min, max) : throw new CommandLineException($"{name} is needed.");

    /// <summary>To be called when everything known has been asked for.</summary>
    /// <exception cref="CommandLineException">Something was given that nobody asked for.</exception>
    public void RefuseUnknown()
    {
        if (_options.Keys.FirstOrDefault(name => !_asked.Contains(name)) is { } unknown)
            throw new CommandLineException($"There is no option {unknown}.");
    }

    /// <summary><c>10M</c>, <c>20k</c>, <c>0.5</c>.</summary>
    public static double Parse(string name, string text)
    {
        var factor = text.Length == 0 ? 1 : text[^1] switch { 'k' => 1e3, 'M' => 1e6, 'G' => 1e9, _ => 1 };
        var digits = factor > 1 ? text[..^1] : text;
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            ? number * factor
            : throw new CommandLineException($"{name}: '{text}' is no number.");
    }
}
