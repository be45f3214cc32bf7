using System.Globalization;
using System.Net;
using System.Text;

namespace Microblog.LoadTest.Reporting;

/// <summary>A line chart as inline SVG, which needs neither scripts nor a network.</summary>
/// <param name="IsLogarithmic">Whether equal steps of the vertical axis are equal factors.</param>
/// <param name="XTicks">Where the horizontal axis is labelled, and how; null for round numbers.</param>
public sealed record Plot(
    string Title,
    string XLabel,
    string YLabel,
    IReadOnlyList<Series> Series,
    bool IsLogarithmic = false,
    IReadOnlyList<(double At, string Label)>? XTicks = null)
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    private const int Width = 760;
    private const int Height = 300;
    private const int Left = 76;
    private const int Right = 28;
    private const int Top = 12;
    private const int Bottom = 44;
    private const int TicksMax = 6;

    // Told apart also by those who see few colours (Okabe and Ito).
    private static readonly string[] Colours =
        ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a8a00", "#555555", "#8b4513", "#6a3d9a"];

    public string ToHtml()
    {
        var points = Series.SelectMany(series => series.Points).ToArray();
        var svg = new StringBuilder();
        svg.AppendLine(Culture, $"<figure><figcaption>{Escape(Title)}</figcaption>");
        if (points.Length == 0)
            return svg.AppendLine("<p>Nothing was measured.</p></figure>").ToString();

        var frame = new Frame(this, points);
        svg.AppendLine(Culture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Escape(Title)}\">");
        foreach (var (at, label) in frame.YTicks())
        {
            svg.AppendLine(
                Culture,
                $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{at:0.0}\" y2=\"{at:0.0}\"/>");
            svg.AppendLine(
                Culture,
                $"<text x=\"{Left - 6}\" y=\"{at + 4:0.0}\" text-anchor=\"end\">{Escape(label)}</text>");
        }

        foreach (var (at, label) in frame.XTicks())
            Middle(svg, $"x=\"{at:0.0}\" y=\"{Height - Bottom + 18}\"", label);
        Middle(svg, $"x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 6}\"", XLabel);
        Middle(svg, $"transform=\"translate(14 {(Height - Bottom) / 2}) rotate(-90)\"", YLabel);
        foreach (var (number, series) in Series.Index())
            Draw(svg, frame, series, Colours[number % Colours.Length]);
        svg.AppendLine("</svg><ul class=\"legend\">");
        foreach (var (number, series) in Series.Index())
            svg.AppendLine(
                Culture,
                $"<li><i style=\"background:{Colours[number % Colours.Length]}\"></i>{Escape(series.Name)}</li>");
        return svg.AppendLine("</ul></figure>").ToString();
    }

    private static void Draw(StringBuilder svg, Frame frame, Series series, string colour)
    {
        var path = string.Join(' ', series.Points.Select(point =>
            string.Create(Culture, $"{frame.X(point.X):0.0},{frame.Y(point.Y):0.0}")));
        svg.AppendLine(
            Culture,
            $"<polyline points=\"{path}\" stroke=\"{colour}\"><title>{Escape(series.Name)}</title></polyline>");
        if (!series.HasDots)
            return;
        foreach (var (x, y) in series.Points)
            svg.AppendLine(
                Culture,
                $"<circle cx=\"{frame.X(x):0.0}\" cy=\"{frame.Y(y):0.0}\" r=\"3.5\" fill=\"{colour}\"/>");
    }

    private static void Middle(StringBuilder svg, FormattableString where, string text) =>
        svg.AppendLine(Culture, $"<text {where.ToString(Culture)} text-anchor=\"middle\">{Escape(text)}</text>");

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Where values lie on the paper.</summary>
    private sealed class Frame
    {
        private readonly Plot _plot;
        private readonly double _left;
        private readonly double _right;
        private readonly double _bottom;
        private readonly double _top;

        public Frame(Plot plot, (double X, double Y)[] points)
        {
            _plot = plot;
            (_left, _right) = (points.Min(point => point.X), points.Max(point => point.X));
            if (_right <= _left)
                _right = _left + 1;
            var highest = points.Max(point => point.Y);
            var lowest = plot.IsLogarithmic
                ? points.Select(point => point.Y).Where(y => y > 0).DefaultIfEmpty(1).Min()
                : 0;
            (_bottom, _top) = (Scaled(lowest), Scaled(Math.Max(highest, lowest)));
            if (_top <= _bottom)
                _top = _bottom + 1;
        }

        public double X(double x) => Left + ((x - _left) / (_right - _left) * (Width - Left - Right));

        public double Y(double y)
        {
            var share = Math.Clamp((Scaled(y) - _bottom) / (_top - _bottom), 0, 1);
            return Height - Bottom - (share * (Height - Top - Bottom));
        }

        public IEnumerable<(double At, string Label)> YTicks() =>
            (_plot.IsLogarithmic ? Powers(_bottom, _top) : Round(_bottom, _top))
                .Select(value => (Y(value), Label(value)));

        public IEnumerable<(double At, string Label)> XTicks() => _plot.XTicks is { } ticks
            ? ticks.Where(tick => tick.At >= _left && tick.At <= _right).Select(tick => (X(tick.At), tick.Label))
            : Round(_left, _right).Select(value => (X(value), Label(value)));

        private double Scaled(double y) => _plot.IsLogarithmic ? Math.Log10(Math.Max(y, 1e-3)) : y;

        private static IEnumerable<double> Powers(double from, double to)
        {
            // Within little more than one power of ten also what lies between.
            int[] factors = to - from < 1.5 ? [1, 2, 5] : [1];
            var powers = Enumerable.Range((int)Math.Floor(from), (int)Math.Ceiling(to) - (int)Math.Floor(from) + 1);
            return powers.SelectMany(power => factors.Select(factor => factor * Math.Pow(10, power)))
                .Where(value => Math.Log10(value) >= from && Math.Log10(value) <= to);
        }

        private static IEnumerable<double> Round(double from, double to)
        {
            var power = Math.Pow(10, Math.Floor(Math.Log10((to - from) / TicksMax)));
            var step = new[] { 1, 2, 5, 10 }.Select(factor => factor * power).First(s => (to - from) / s <= TicksMax);
            for (var value = Math.Ceiling(from / step) * step; value <= to + (step / 1e6); value += step)
                yield return value;
        }

        private static string Label(double value) => Math.Abs(value) >= 1
            ? value.ToString("#,0.##", Culture)
            : value.ToString("0.####", Culture);
    }
}
